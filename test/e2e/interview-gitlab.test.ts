import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeProject } from '../support/tools/git-project.ts';
import { certificate, openssl, thumbprint } from '../support/stand-ins/certificates.ts';
import { GitlabServer, TOKEN } from '../support/stand-ins/gitlab-server/gitlab-server.ts';
import { largeInstance, manyBranches } from '../support/stand-ins/gitlab-server/holdings.ts';
import { machineWide } from '../support/stand-ins/gitlab-server/machine-wide.ts';
import { Tunnel } from '../support/stand-ins/gitlab-server/tunnel.ts';
import { filesIn } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { Terminal } from '../support/tools/terminal.ts';

const tmux = commandTool('tmux', 'install the package tmux');

const HOLDINGS = largeInstance(
  [
    {
      id: 20,
      path: 'mygroup/shop',
      branches: manyBranches(2000),
      tags: ['v1.0.0', 'nightly'],
      protectedBranches: [{ name: 'main' }],
    },
    { id: 21, path: 'mygroup/myproject', branches: ['main', 'dev'] },
    {
      id: 22,
      path: 'mygroup/archive',
      archived: true,
      subComponents: ['project_id', 'ref_type', 'ref'],
    },
  ],
  '18.2.1-ee',
);

/** So long an interactive terminal may take for the first choices. */
const SECOND = 1000;

describeWith([tmux, openssl], 'the interview, with GitLab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'interview-gitlab-'));
  let gitlab: Awaited<ReturnType<typeof machineWide>>;
  let server: GitlabServer;
  let terminal: Terminal | undefined;
  let runs = 0;

  beforeAll(async () => {
    gitlab = await machineWide(folder, HOLDINGS);
    ({ server } = gitlab);
  });

  afterEach(() => {
    terminal?.close();
    terminal = undefined;
    server.fault = () => false;
    server.questions.length = 0;
  });

  afterAll(async () => {
    await gitlab.stop();
    rmSync(folder, { recursive: true });
  });

  /** Opens the interview in an empty folder, where every host is the one on this machine. */
  function open(
    environment: Record<string, string>,
    prepare: (cwd: string) => void = () => undefined,
  ) {
    const cwd = join(folder, `run-${runs++}`);
    mkdirSync(cwd);
    prepare(cwd);
    const settings = { ...gitlab.environment, ...environment };
    const words = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
    const command = `env ${words.join(' ')} '${process.execPath}' '${PROGRAM}' my-oidc --debug; echo "exit code $?"`;
    terminal = Terminal.open(command, cwd);
    return { terminal, cwd };
  }

  async function answer(to: Terminal, ...answers: [question: string, ...keys: string[]][]) {
    for (const [question, ...keys] of answers) {
      await to.until(question);
      to.press(...keys);
    }
  }

  const WITH_TOKEN: [string, string][] = [
    ['? Setup', 'Enter'],
    ['Ask gitlab.com with the token in GITLAB_TOKEN?', 'Enter'],
  ];
  const TO_THE_END: [string, ...string[]][] = [
    ['? Permissions of the role', 'Enter'],
    ['? AWS account ID', 'Enter'],
  ];
  /** With all options, from the permissions of the role. */
  const ALL_TO_THE_ACCOUNT: [string, ...string[]][] = [
    ['? Permissions of the role', 'Enter'],
    ['? Name of the IAM role', 'Enter'],
    ['? More settings for the role?', 'Enter'],
    ['? Another role?', 'Enter'],
    ['? Several AWS accounts?', 'Enter'],
    ['? AWS account ID', 'Enter'],
    ['? AWS region', 'Enter'],
    ['? OIDC provider', 'Enter'],
  ];
  const ALL_TO_THE_END: [string, ...string[]][] = [
    ['? Code', 'Enter'],
    ['? Terraform state', 'Enter'],
    ['? GitLab project for this repository', 'Enter'],
    ['? Credentials of jobs', 'Enter'],
  ];

  test('a project of 5,000 and a branch of 2,000 take a few keys, and the first choices under a second', async () => {
    const { terminal, cwd } = open({});
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('GitLab 18.2.1-ee (Enterprise Edition), as john_smith.', 10_000, 30);
    const asked = Date.now();
    await terminal.until('group-01/service-0001   private   id 10001');
    expect(Date.now() - asked).toBeLessThan(SECOND);
    terminal.press('shop');
    await terminal.until('❯◯ mygroup/shop   private   id 20');
    terminal.press('Enter');
    await terminal.until('❯◯ main           default, protected');
    terminal.press('release/*');
    await terminal.until(
      'release/*   matches 20 today: release/1.0, release/1.1, release/1.10, …; none protected',
    );
    terminal.press('Enter');
    await answer(terminal, ['? Allow any branch whose name begins with release/?', 'Enter']);
    expect(await terminal.until('? Permissions of the role')).toContain(
      '! branch release/* of mygroup/shop is not all protected: anyone with the Developer role or more may',
    );
    await answer(terminal, ...TO_THE_END);
    const screen = await terminal.until('? Next');
    expect(screen).toContain('mygroup/shop (id 20)');
    expect(screen).toContain('# mygroup/shop: branch release/* is protected');
    expect(screen).toContain(
      '# mygroup/shop: merge requests from forks do not run pipelines in it',
    );
    expect(screen).not.toContain('Not checked');
    terminal.press('Enter');
    await terminal.until('exit code 0');
    const { roles } = parse(readFileSync(join(cwd, 'my-oidc', 'gitlab-aws-oidc.yaml'), 'utf8')) as {
      roles: unknown[];
    };
    expect(roles).toMatchObject([
      {
        projects: [{ path: 'mygroup/shop', id: 20 }],
        refs: { branches: ['release/*'], protected_only: true },
      },
    ]);
    const written = [...filesIn(join(cwd, 'my-oidc')).values()].join('\n');
    expect(written).not.toContain(TOKEN);
    expect(terminal.screen()).not.toContain(TOKEN);
  });

  test('the checkout one is in comes first, archived projects and own subjects are shown', async () => {
    const { terminal } = open({}, (cwd) => {
      writeProject(cwd, { 'README.md': 'The project' });
    });
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('❯◯ mygroup/myproject       private   id 21      this checkout');
    terminal.press('Space');
    await terminal.until('Picked: mygroup/myproject');
    terminal.press('mygroup/arch');
    await terminal.until('❯◯ mygroup/archive');
    terminal.press('Space', 'Enter');
    const screen = await terminal.until('? Branches that can assume the role');
    expect(screen).toContain(
      'mygroup/archive is archived: no pipeline runs in it until that changes.',
    );
    expect(screen).toContain(
      'The subjects of mygroup/archive hold project_id, ref_type, ref; the trust policy',
    );
  });

  test('the projects can be typed instead, and what is typed is still looked up', async () => {
    const { terminal } = open({});
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('❯◯ ');
    terminal.press('Up', 'Enter');
    await terminal.until('mygroup/myproject=20');
    await answer(terminal, ['? Projects that can assume the role', 'mygroup/shop', 'Enter']);
    const screen = await terminal.until('❯◯ main');
    expect(screen).not.toContain('ID of');
  });

  test('a wrong token is asked for again, masked, and Enter goes on by hand', async () => {
    const { terminal } = open({ GITLAB_TOKEN: 'glpat-0ldAndExpired' });
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('gitlab.com rejected the token (401): it is wrong, expired or revoked.');
    await terminal.until('? Access token for gitlab.com');
    terminal.press('glpat-0therWrong', 'Enter');
    await terminal.until('✔ Access token for gitlab.com');
    await terminal.until('? Access token for gitlab.com');
    terminal.press('Enter');
    const screen = await terminal.until('? Projects that can assume the role');
    expect(screen).not.toMatch(/glpat/);
  });

  test('CI_JOB_TOKEN is not enough, and is reported as such', async () => {
    const { terminal } = open({ GITLAB_TOKEN: '', CI_JOB_TOKEN: 'glcbt-64_xyz' });
    await answer(terminal, ['? Setup', 'Enter']);
    const screen = await terminal.until('? Access token for gitlab.com');
    expect(screen).toContain('CI_JOB_TOKEN cannot list projects or read their settings.');
  });

  test('of an own instance the thumbprint, the subject form and the issuer follow from what it says', async () => {
    const own = join(folder, 'self-managed');
    mkdirSync(own);
    const held = { ...HOLDINGS, version: '19.1.0' };
    const selfManaged = await machineWide(own, held, 'https://oidc.example.com');
    const { terminal, cwd } = open(selfManaged.environment);
    await answer(
      terminal,
      ['? Setup', 'Down', 'Down', 'Enter'],
      ['? GitLab URL', 'https://gitlab.example.com', 'Enter'],
      ['Ask gitlab.example.com with the token in GITLAB_TOKEN?', 'Enter'],
    );
    const question = await terminal.until(
      '? Trust https://oidc.example.com as the issuer of your tokens? (y/N)',
    );
    expect(question.replace(/\s+/g, ' ')).toContain('every role trusts the tokens that it signs');
    terminal.press('y', 'Enter');
    const met = await terminal.until('? Audience of the ID token');
    expect(met).toContain('Its tokens are issued by "https://oidc.example.com".');
    expect(met).toContain(
      'From 19.1 on a project gets no ID token on a path that another project once had',
    );
    await answer(
      terminal,
      ['? Audience of the ID token', 'Enter'],
      ['❯ its ID', 'Enter'],
      ['? Roles', 'Enter'],
      ['? Projects that can', 'shop'],
      ['❯◯ mygroup/shop   private   id 20', 'Enter'],
      ['❯◯ main           default, protected', 'Enter'],
      ['❯◯ nightly', 'Enter'],
      ...ALL_TO_THE_ACCOUNT,
    );
    const sha1 = thumbprint(join(own, 'leaf.pem'));
    await answer(
      terminal,
      [`? Thumbprint of the private CA (${sha1.toLowerCase()})`, 'Enter'],
      ...ALL_TO_THE_END,
    );
    const screen = await terminal.until('? Next');
    expect(screen).toContain(
      '# mygroup/shop: the subject of its ID tokens contains project_id, ref_type, ref',
    );
    terminal.press('Enter');
    await terminal.until('exit code 0');
    expect(parse(readFileSync(join(cwd, 'my-oidc', 'gitlab-aws-oidc.yaml'), 'utf8'))).toMatchObject(
      {
        gitlab: {
          url: 'https://gitlab.example.com',
          issuer: 'https://oidc.example.com',
          sub_components: ['project_id', 'ref_type', 'ref'],
        },
        provider: { thumbprints: [sha1] },
        roles: [{ projects: [{ path: 'mygroup/shop', id: 20 }] }],
      },
    );
    await selfManaged.stop();
  });

  test('what a connection that is not verified says becomes no answer by Enter alone', async () => {
    const own = join(folder, 'man-in-the-middle');
    mkdirSync(own);
    const between = await machineWide(own, HOLDINGS, 'https://oidc.example.net');
    const { terminal, cwd } = open({
      ...between.environment,
      NODE_EXTRA_CA_CERTS: '',
      GITLAB_TOKEN: '',
    });
    const sha1 = thumbprint(join(own, 'leaf.pem'));
    await answer(
      terminal,
      ['? Setup', 'Down', 'Down', 'Enter'],
      ['? GitLab URL', 'https://gitlab.example.com', 'Enter'],
      ['? Access token for gitlab.example.com', 'Enter'],
      ['? Trust https://oidc.example.net as the issuer of your tokens? (y/N)', 'Enter'],
      ['? Audience of the ID token', 'Enter'],
      ['? What identifies a project', 'Enter'],
      ['? Roles', 'Enter'],
      ['? Projects that can assume the role', 'mygroup/shop', 'Enter'],
      ['? Branches that can', 'Enter'],
      ['? Tags that can', 'Enter'],
      ...ALL_TO_THE_ACCOUNT,
      [`? Use the thumbprint ${sha1}? (y/N)`, 'Enter'],
      ['? Thumbprint of the private CA', 'Enter'],
      ...ALL_TO_THE_END,
      ['? Next', 'Enter'],
    );
    await terminal.until('exit code 0');
    const written = readFileSync(join(cwd, 'my-oidc', 'gitlab-aws-oidc.yaml'), 'utf8');
    expect(written).toContain('https://gitlab.example.com');
    expect(written).not.toContain('oidc.example.net');
    expect(written).not.toContain(sha1);
    await between.stop();
  });

  test('a release before 15.7 has no ID tokens, so jobs sign in by CI_JOB_JWT_V2, unasked', async () => {
    const own = join(folder, 'old');
    mkdirSync(own);
    const old = await machineWide(own, { ...HOLDINGS, version: '15.6.8' });
    const { terminal } = open(old.environment);
    await answer(terminal, ...WITH_TOKEN);
    expect(await terminal.until('? Projects that can')).toContain(
      'jobs sign in with CI_JOB_JWT_V2.',
    );
    await answer(
      terminal,
      ['? Projects that can', 'shop'],
      ['❯◯ mygroup/shop   private   id 20', 'Enter'],
      ['❯◯ main           default, protected', 'Enter'],
      ...TO_THE_END,
    );
    const screen = await terminal.until('? Next');
    expect(screen).toContain('CI_JOB_JWT_V2 is passed to every job, and GitLab 17.0 removed it');
    expect(screen).not.toContain('Credentials of jobs');
    await old.stop();
  });

  const FAULTS: [what: string, fault: GitlabServer['fault'], message: string][] = [
    ['403', status(403), 'the token has no permission for this request to gitlab.com (403)'],
    ['404', status(404), 'gitlab.com found nothing that the token can see (404)'],
    ['429', status(429, { 'retry-after': '600' }), 'gitlab.com received too many requests (429)'],
    ['500', status(500), 'gitlab.com failed (500), 3 times'],
    ['a web page', status(200, { 'content-type': 'text/html' }), 'gitlab.com answered with a web page instead of JSON'],
    ['another host', status(302, { location: 'https://sso.example.com/' }), 'gitlab.com redirected the request to sso.example.com, but the token is not sent there'],
    ['a reset', (request) => { request.socket.destroy(); return true; }, 'gitlab.com closed the connection, 3 times'],
  ]; // prettier-ignore
  test.each(FAULTS)(
    '%s gives a line, and the interview goes on by hand',
    async (_, fault, message) => {
      server.fault = fault;
      const { terminal } = open({});
      await answer(terminal, ...WITH_TOKEN);
      await terminal.until(message, 20_000);
      const screen = await terminal.until('? Projects that can assume the role');
      expect(screen).not.toContain(TOKEN);
      expect(screen).not.toMatch(/^\s+at /m);
    },
  );

  test('a fault in the midst of a search leads on by hand too', async () => {
    const { terminal } = open({});
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('group-01/service-0001');
    server.fault = status(500);
    terminal.press('shop');
    await terminal.until('❯◯ gitlab.com failed (500), 3 times; type instead', 20_000);
    terminal.press('Enter');
    const screen = await terminal.until('? Projects that can assume the role');
    expect(screen.replace(/\s+/g, ' ')).toContain(
      'gitlab.com failed (500), 3 times. Try again later, or ask its administrator. Type the other answers.',
    );
  });

  test('who does not want to wait for a slow GitLab presses Esc', async () => {
    server.fault = () => true;
    const { terminal } = open({});
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('gitlab.com: asking who it is (Esc to answer by hand)');
    terminal.press('Escape');
    await terminal.until('? Projects that can assume the role');
  });

  test('Ctrl-C while GitLab is asked leaves nothing', async () => {
    server.fault = () => true;
    const { terminal } = open({});
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until('gitlab.com: asking who it is');
    terminal.press('C-c');
    await terminal.until('exit code 130');
  });

  const TLS: [what: string, names: string[], days: number, trusted: boolean, message: string][] = [
    ['expired', ['gitlab.com'], -1, true, 'the certificate of gitlab.com has expired'],
    ['for another name', ['other.example.com'], 2, true, 'the certificate of gitlab.com is for another host'],
    ['of an unknown CA', ['gitlab.com'], 2, false, 'without its chain to a CA that this machine trusts'],
  ]; // prettier-ignore
  test.each(TLS)('a certificate %s is reported', async (what, names, days, trusted, message) => {
    const own = join(folder, what.replaceAll(' ', '-'));
    mkdirSync(own);
    const other = certificate(own, names, days);
    const tls = await GitlabServer.start({ holdings: HOLDINGS, certificate: other });
    const way = await Tunnel.to(() => tls.port);
    const { terminal } = open({
      HTTPS_PROXY: way.url,
      ...(trusted ? { NODE_EXTRA_CA_CERTS: other.caFile } : {}),
    });
    await answer(terminal, ...WITH_TOKEN);
    await terminal.until(message);
    await terminal.until('? Projects that can assume the role');
    await way.stop();
    await tls.stop();
  });
});

function status(code: number, headers: Record<string, string> = {}): GitlabServer['fault'] {
  return (_, response) => {
    response.writeHead(code, headers).end('<!DOCTYPE html>');
    return true;
  };
}
