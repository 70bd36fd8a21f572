import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { GitlabFault } from '../../../src/gitlab/api/fault.ts';
import type { Gitlab } from '../../../src/gitlab/api/gitlab.ts';
import { openGitlab } from '../../../src/gitlab/api/open.ts';
import { hasUnprintable } from '../../../src/text/unprintable.ts';
import { certificate, openssl, type Certificate } from '../../support/stand-ins/certificates.ts';
import { TOKEN } from '../../support/stand-ins/gitlab-server/gitlab-server.ts';
import {
  always,
  http,
  TRANSPORT_MODES,
  type Mode,
} from '../../support/stand-ins/hostile-answers.ts';
import { RawTlsServer } from '../../support/stand-ins/raw-tls-server.ts';
import { describeWith } from '../../support/tools/required-tools.ts';

const json = (document: unknown, headers: readonly string[] = []) =>
  http(JSON.stringify(document), headers);

/** An answer that fits every question: the list of one thing that is all things. */
const ALL = { id: 20, version: '18.5.1-ee', username: 'john_smith', visibility: 'private', path_with_namespace: 'g/p', full_path: 'g', namespace: { id: 7 }, name: 'main', protected: true }; // prettier-ignore
const both = (what: string, change: object): readonly Mode[] => [
  always(`${what}, of one thing`, json({ ...ALL, ...change })),
  always(`${what}, of a list`, json([{ ...ALL, ...change }])),
];

const evil = '\u001b]8;;https://evil.example\u0007\u009b2J\u202ename\u0000';

const MODES: readonly Mode[] = [
  ...TRANSPORT_MODES,
  ...[
    'id',
    'version',
    'username',
    'visibility',
    'path_with_namespace',
    'full_path',
    'name',
  ].flatMap((field) => [
    ...both(`has ${field} with escape sequences`, { [field]: evil }),
    ...both(`has ${field} that is an object`, { [field]: { toString: 'a' } }),
  ]),
  ...['namespace', 'protected', 'default_branch', 'archived', 'enterprise', 'ci_id_token_sub_claim_components', 'push_access_levels'].flatMap((field) => both(`has ${field} of another type`, { [field]: [[evil]] })), // prettier-ignore
  always('has an id beyond 2^53', http('{"id":9007199254740993,"path_with_namespace":"g/p","namespace":{"id":7},"full_path":"g"}')), // prettier-ignore
  always('has an id that is negative', json({ ...ALL, id: -1 })),
  always('has an id that is a fraction', json({ ...ALL, id: 1.5 })),
  always('has keys twice', http('{"id":1,"id":"x","version":"18.0.0","version":"\\u001b[2J","username":"a","username":7}')), // prettier-ignore
  always('has a prototype of its own', http('[{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}]')), // prettier-ignore
  always('names the same page for ever', json([ALL], ['link: <https://localhost/x?page=2>; rel="next"'])), // prettier-ignore
  [
    'names a new page for ever',
    ({ heads }) =>
      (socket) =>
        socket.write(json([ALL], [`link: <https://localhost/x?page=${heads.length}>; rel="next"`])),
  ],
  [
    'names a page at another host for ever',
    ({ heads }) =>
      (socket) =>
        socket.write(json([ALL], [`link: <https://evil.example/${heads.length}?${heads.length}>; rel="next"`])), // prettier-ignore
  ],
  always('names a page that is a file', json([ALL], ['link: <file:///etc/passwd>; rel="next"'])),
  always('names garbage as the next page', json([ALL], [`link: ${'<'.repeat(8000)}; rel="next"`])),
];

const QUESTIONS: readonly ((gitlab: Gitlab) => Promise<unknown>)[] = [
  (gitlab) => gitlab.instance(),
  (gitlab) => gitlab.user(),
  (gitlab) => gitlab.searchProjects('shop'),
  (gitlab) => gitlab.searchGroups('shop'),
  (gitlab) => gitlab.project('g/p'),
  (gitlab) => gitlab.group('g'),
  (gitlab) => gitlab.ref(1, { type: 'branch', name: 'main' }),
  (gitlab) => gitlab.hasNamespace('g'),
  (gitlab) => gitlab.isMemberOf('g'),
  (gitlab) => gitlab.refs(20, 'branch', ''),
  (gitlab) => gitlab.searchRefs(20, 'tag', 'v'),
  (gitlab) => gitlab.protections(20, 'branch'),
];

/** Small enough for a test, of the same kind as the program's own. */
const BOUNDS = { answerTime: 150, pause: 1, questionTime: 500, runTime: 4000, answerBytes: 1_000_000, runBytes: 4_000_000, pages: 5, redirects: 3, tries: 2 }; // prettier-ignore

describeWith([openssl], 'a hostile GitLab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-server-'));
  let made: Certificate;
  let server: RawTlsServer;
  const uncaught: unknown[] = [];
  const note = (error: unknown) => uncaught.push(error);

  beforeAll(async () => {
    made = certificate(folder, ['localhost']);
    server = await RawTlsServer.start(made);
    process.on('uncaughtException', note);
  });

  afterEach(() => {
    server.hangUp();
    server.heads.length = 0;
  });

  afterAll(async () => {
    process.off('uncaughtException', note);
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const open = (bounds = {}) =>
    openGitlab({
      url: `https://localhost:${server.port}`,
      token: TOKEN,
      ca: [made.ca],
      environment: {},
      bounds: { ...BOUNDS, ...bounds },
    });

  test('more than 41 ways of being hostile are tried, each once', () => {
    expect(new Set(MODES.map(([what]) => what)).size).toBe(MODES.length);
    expect(MODES.length).toBeGreaterThan(41);
  });

  test.each(MODES)(
    'a server that %s gets data or one readable line out of the client, in time',
    async (_, mode) => {
      server.answer = mode(server);
      const gitlab = await open();
      const started = Date.now();
      const outcomes = await Promise.allSettled(QUESTIONS.map((question) => question(gitlab)));
      expect(Date.now() - started).toBeLessThan(5000);
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') {
          expect(inspect(outcome.value, { depth: 9 })).not.toMatch(/\\x1B|\\x9B|\\x00|polluted/);
          continue;
        }
        expect(outcome.reason).toBeInstanceOf(GitlabFault);
        const { message } = outcome.reason as GitlabFault;
        expect(message).toMatch(/^.{10,500}$/);
        expect(hasUnprintable(message)).toBe(false);
        expect(inspect(outcome.reason, { depth: 20, showHidden: true })).not.toContain(TOKEN);
      }
      expect(uncaught).toEqual([]);
      expect(server.heads.every((head) => /^GET \/\S* HTTP\/1\.1\r\n/.test(head))).toBe(true);
      expect(server.heads.every((head) => /accept-encoding: identity/i.test(head))).toBe(true);
    },
  );

  const bounds: [what: string, bounds: object, answer: Mode, message: string][] = [
    ['bytes of an answer', { answerBytes: 2_000_000 }, always('', http('x'.repeat(2_000_001))), 'localhost sent more than 1.9 MB in one answer. Check the URL. If it is your GitLab, ask the administrator of GitLab or the proxy'],
    ['bytes of a run', { runBytes: 1000 }, always('', http('x'.repeat(2000))), 'localhost has sent more than 1000 bytes in this run. Work on fewer projects at a time'],
    ['bytes of headers', {}, always('', http('[]', [`a: ${'b'.repeat(17_000)}`])), 'localhost sent more than 16 KB of headers. Check the URL. If it is your GitLab, ask the administrator of GitLab or the proxy'],
    ['time of a run', { runTime: 0 }, always('', http('[]')), 'localhost took more than 0 seconds in this run. Try again later, or work on fewer projects at a time'],
    ['time of a question', { questionTime: 60, pause: 100 }, always('', http('', [], '500 No')), 'localhost did not complete one request within 0.06 seconds. Try again later, or type the answers instead'],
    ['patience', { patience: 30 }, always('', http('', ['retry-after: 999999'], '503 No')), 'localhost failed (503) and allows no retry within 30 seconds. Try again in more than a day, or ask its administrator'],
    ['the same page', {}, always('', json([ALL], ['link: </x?page=2>; rel="next"'])), 'localhost returned the same page of a list twice. Check the URL. If it is your GitLab, ask the administrator of GitLab or the proxy'],
    ['pages', { pages: 3 }, ['', ({ heads }) => (socket) => socket.write(json([ALL], [`link: </x?page=${heads.length}>; rel="next"`]))], 'localhost has more than 3 pages in one list. Type the names instead'],
    ['what is not HTTP', {}, always('', 'SSH-2.0\r\n\r\n'), 'localhost answered with something other than HTTP (HPE_INVALID_CONSTANT). Check the URL, its port and HTTPS_PROXY'],
  ]; // prettier-ignore

  test.each(bounds)('the bound of %s has its message', async (_, change, [, mode], message) => {
    server.answer = mode(server);
    const gitlab = await open({ answerTime: 3000, questionTime: 20_000, ...change });
    const fault: unknown = await gitlab.refs(20, 'branch', '').catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(GitlabFault);
    expect((fault as Error).message.replaceAll(`:${server.port}`, '')).toBe(message);
  });
});
