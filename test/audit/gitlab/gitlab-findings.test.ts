import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '../../../src/audit/audit.ts';
import { readEstate } from '../../../src/audit/estate/read-estate.ts';
import { lookUp } from '../../../src/audit/gitlab/look-up.ts';
import type { AuditReport } from '../../../src/audit/report.ts';
import { reportOf } from '../../../src/audit/report-of.ts';
import type { Bounds } from '../../../src/gitlab/api/bounds.ts';
import { openGitlab } from '../../../src/gitlab/api/open.ts';
import { NO_SETTINGS } from '../../../src/lint/gate/settings.ts';
import { certificate, openssl, type Certificate } from '../../support/stand-ins/certificates.ts';
import { GitlabServer, TOKEN } from '../../support/stand-ins/gitlab-server/gitlab-server.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { TODAY } from '../estate/dump.ts';
import { writeDumps } from '../estate/estate.ts';
import { ACCOUNT, HOLDINGS, ID, PLANTED } from './trusted-projects.ts';

const RULES = Array.from({ length: 10 }, (_, at) => `AUD0${at + 12}`);

describeWith([openssl], 'an audit that asks GitLab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-gitlab-'));
  let made: Certificate;
  let server: GitlabServer;

  beforeAll(async () => {
    made = certificate(folder, ['localhost']);
    server = await GitlabServer.start({ holdings: HOLDINGS, certificate: made });
    writeDumps(join(folder, 'dumps'), [ACCOUNT]);
  });

  afterEach(() => {
    server.fault = () => false;
    server.questions.length = 0;
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function reported(bounds: Partial<Bounds> = { pause: 1 }): Promise<AuditReport> {
    const estate = await readEstate([join(folder, 'dumps')], []);
    const api = await openGitlab({
      url: server.url,
      token: TOKEN,
      ca: [made.ca],
      environment: {},
      bounds,
    });
    const gitlab = await lookUp(api, 'gitlab.com', estate.roles);
    const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
    return reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90, gitlab }), true);
  }

  const found = ({ findings }: AuditReport) =>
    findings
      .filter(({ id }) => RULES.includes(id))
      .map(({ on, id, severity }) => `${on.slice(ID.length + 1)}: ${id} ${severity}`)
      .sort();

  const planted = Object.entries(PLANTED)
    .flatMap(([name, rules]) => rules.map((rule) => `${name}: ${rule}`))
    .sort();

  test('finds every planted fault and nothing else', async () => {
    const report = await reported();
    expect(found(report)).toEqual(planted);
    expect(report.undetermined.filter(({ text }) => text.includes('GitLab was asked'))).toEqual([]);
  });

  test('puts each question once, and none about the roles of another issuer', async () => {
    await reported();
    expect([...new Set(server.questions)].sort()).toEqual([...server.questions].sort());
    expect(server.questions.filter((one) => one.includes('997'))).toEqual([]);
  });

  test('says what each finding is about, in words that need no other source', async () => {
    const { findings } = await reported();
    const messageOf = (name: string, rule: string) =>
      findings.find(({ on, id }) => on === `${ID}/${name}` && id === rule)?.message;
    const host = server.url.slice('https://'.length);
    expect(messageOf('in-a-renamed-group', 'AUD012')).toBe(
      `it trusts oldco/app, and anyone may register oldco at ${host}`,
    );
    expect(messageOf('in-a-renamed-group', 'AUD014')).toBe(
      'oldco/app is newco/app now; anyone who takes the old path may assume the role',
    );
    expect(messageOf('of-a-taken-path', 'AUD013')).toBe(
      'acme/taken is the project 31 now; the trust names 30',
    );
    expect(messageOf('of-a-leaving-project', 'AUD016')).toBe(
      'acme/leaving waits to be deleted as acme/leaving-deletion_scheduled-34, marked on 2026-12-20',
    );
    expect(messageOf('of-a-missing-branch', 'AUD018')).toBe(
      'acme/app has no branch develop, and anyone who may push may create it',
    );
    expect(messageOf('of-open-tags', 'AUD020')).toBe('no rule of acme/loose protects tags v*');
  });

  const refusing =
    (status: number, which: RegExp, headers: Record<string, string> = {}) =>
    (request: IncomingMessage, response: ServerResponse) => {
      if (!which.test(request.url ?? '')) return false;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}');
      return true;
    };

  test.each([
    ['403', 403, 'the token has no permission for this request to'],
    ['500', 500, 'failed (500)'],
    ['429 for ever', 429, 'received too many requests (429)'],
    ['429 for an hour', 429, 'received too many requests (429)', { 'retry-after': '3600' }],
  ] as readonly (readonly [string, number, string, Record<string, string>?])[])(
    'a project that is answered with %s is undetermined, not gone, and the others are found',
    async (_, status, why, headers = {}) => {
      server.fault = refusing(status, /projects\/acme%2Fdeleted$/, headers);
      const report = await reported();
      expect(found(report)).toEqual(
        planted.filter((one) => !one.startsWith('of-a-deleted-project')),
      );
      expect(report.undetermined.map(({ text }) => text)).toEqual(
        expect.arrayContaining([expect.stringContaining('GitLab was asked about acme/deleted: ')]),
      );
      expect(report.undetermined.map(({ text }) => text).join()).toContain(why);
    },
  );

  test('waits as long as GitLab asks for, and asks again', async () => {
    let refusals = 0;
    server.fault = (request, response) => {
      if (refusals > 0 || !(request.url ?? '').includes('acme%2Ftaken')) return false;
      refusals += 1;
      response.writeHead(429, { 'retry-after': '1' }).end('{}');
      return true;
    };
    const started = performance.now();
    expect(found(await reported())).toEqual(planted);
    expect(performance.now() - started).toBeGreaterThanOrEqual(1000);
  });

  test('a token that expires on the way ends the questions, and nothing is concluded from it', async () => {
    server.fault = refusing(401, /./);
    const report = await reported();
    expect(found(report)).toEqual([]);
    expect(server.questions.length).toBeLessThanOrEqual(6);
    expect(report.undetermined.map(({ text }) => text).join('\n')).toContain(
      'rejected the token (401)',
    );
  });

  test.each([
    ['another form', '[]'],
    ['a web page', '<html>'],
    ['a path that a terminal would obey', JSON.stringify({ id: 33, path_with_namespace: 'a/\u001b[2Jb', namespace: { id: 1 } })], // prettier-ignore
    ['an id that is none', JSON.stringify({ id: -1, path_with_namespace: 'acme/deleted', namespace: { id: 1 } })], // prettier-ignore
  ])('%s in place of a project is undetermined', async (_, body) => {
    server.fault = (request, response) => {
      if (!/projects\/acme%2Fdeleted$/.test(request.url ?? '')) return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return true;
    };
    const report = await reported();
    expect(found(report)).toEqual(planted.filter((one) => !one.startsWith('of-a-deleted-project')));
    expect(report.undetermined.some(({ text }) => text.includes('about acme/deleted: '))).toBe(
      true,
    );
  });

  test('no report holds the token', async () => {
    server.fault = refusing(500, /acme/);
    expect(JSON.stringify(await reported())).not.toContain(TOKEN);
  });
});
