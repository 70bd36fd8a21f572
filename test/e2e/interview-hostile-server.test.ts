import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { filesIn } from '../support/builders/goldens.ts';
import { certificate, openssl } from '../support/stand-ins/certificates.ts';
import { TOKEN } from '../support/stand-ins/gitlab-server/gitlab-server.ts';
import { Tunnel } from '../support/stand-ins/gitlab-server/tunnel.ts';
import { always, http, TRANSPORT_MODES, type Mode } from '../support/stand-ins/hostile-answers.ts';
import { RawTlsServer } from '../support/stand-ins/raw-tls-server.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { Terminal } from '../support/tools/terminal.ts';

const tmux = commandTool('tmux', 'install the package tmux');
const script = commandTool('script', 'install the package bsdutils');

const EVIL = '\u001b]0;owned\u0007\u009b2J\u202ename';
const ALL = {
  id: 20,
  version: '18.5.1-ee',
  username: EVIL,
  visibility: EVIL,
  path_with_namespace: EVIL,
  full_path: EVIL,
  namespace: { id: 7 },
  name: EVIL,
  default_branch: EVIL,
  protected: true,
};

const OF_TRANSPORT = [
  'never ends its body',
  'never ends its headers',
  'sends a huge body',
  'resets the connection',
  'sends deep JSON',
  'sends a web page',
  'has escape sequences in its reason',
  'redirects to another host',
  'wants to be left alone for 11 days',
];
const MODES: readonly Mode[] = [
  ...TRANSPORT_MODES.filter(([what]) => OF_TRANSPORT.includes(what)),
  always('has escape sequences in all that it says of one thing', http(JSON.stringify(ALL))),
  always('has escape sequences in all that it says of a list', http(JSON.stringify([ALL]))),
];

describeWith([tmux, openssl, script], 'the interview, with a server that is hostile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interview-hostile-'));
  let server: RawTlsServer;
  let tunnel: Tunnel;
  let caFile: string;
  let terminal: Terminal | undefined;

  beforeAll(async () => {
    const made = certificate(folder, ['gitlab.com']);
    ({ caFile } = made);
    server = await RawTlsServer.start(made);
    tunnel = await Tunnel.to(() => server.port);
  });

  afterEach(() => {
    terminal?.close();
    terminal = undefined;
    server.hangUp();
    server.heads.length = 0;
  });

  afterAll(async () => {
    await tunnel.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** Answers the questions of the quick setup as they come; a choice that the server made possible is left for typing. */
  async function answerByHand(to: Terminal): Promise<void> {
    const typed: [question: RegExp, ...keys: string[]][] = [
      [/^\? Setup/, 'Enter'],
      [/^\? Ask gitlab\.com with the token/, 'Enter'],
      [/^\? Access token for gitlab\.com/, 'Enter'],
      [/^\? Projects that can assume the role/, 'acme/web=20', 'Enter'],
      [/^\? Branches that can assume the role/, 'Enter'],
      [/^\? Permissions of the role/, 'Enter'],
      [/^\? AWS account ID/, 'Enter'],
    ];
    const end = Date.now() + 100_000;
    let before = '';
    while (Date.now() < end) {
      const question = to.question() ?? '';
      if (question.startsWith('? Next')) return;
      const [, ...keys] = typed.find(([pattern]) => pattern.test(question)) ?? [];
      if (keys.length > 0 && question !== before) {
        before = question;
        to.press(...keys);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The summary did not come; the screen is\n${to.screen()}`);
  }

  test.each(MODES)('that %s, ends in the repository that was typed', async (what, answer) => {
    server.answer = answer(server);
    const cwd = join(folder, what.replace(/\W+/g, '-'));
    mkdirSync(cwd);
    const program = `"${process.execPath}" "${PROGRAM}" my-oidc --debug`;
    const settings = `HTTPS_PROXY='${tunnel.url}' NO_PROXY= NODE_EXTRA_CA_CERTS='${caFile}' GITLAB_TOKEN='${TOKEN}'`;
    terminal = Terminal.open(
      `env ${settings} script -qec '${program}' output; echo "exit code $?"`,
      cwd,
    );
    await answerByHand(terminal);
    terminal.press('Enter');
    await terminal.until('exit code 0');

    expect(server.heads.length).toBeGreaterThan(0);
    const answers = readFileSync(join(cwd, 'my-oidc', 'gitlab-aws-oidc.yaml'), 'utf8');
    expect(parse(answers)).toMatchObject({ roles: [{ projects: [{ path: 'acme/web', id: 20 }] }] });
    const shown = readFileSync(join(cwd, 'output'), 'utf8');
    expect(shown).toContain('Not checked');
    for (const obeyed of ['\u001b]', '\u009b', '\u202e', '\u0007'])
      expect(shown).not.toContain(obeyed);
    expect(shown).not.toContain(TOKEN);
    expect([...filesIn(join(cwd, 'my-oidc')).values()].join('\n')).not.toContain(TOKEN);
  });
});
