import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openssl, thumbprint } from '../support/stand-ins/certificates.ts';
import { machineWide } from '../support/stand-ins/gitlab-server/machine-wide.ts';
import { organizationsServer } from '../support/stand-ins/organizations-server.ts';
import { largeInstance } from '../support/stand-ins/gitlab-server/holdings.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { Terminal } from '../support/tools/terminal.ts';
import { walk, type Keys } from '../support/tools/walk.ts';

const tmux = commandTool('tmux', 'install the package tmux');

const SCREENS = 'test/interview/screens';

/** Lines enough for a whole interview. */
const ROWS = 300;

const PROJECT: Record<string, readonly Keys[]> = {
  'Projects that can': [['mygroup/myproject=20', 'Enter']],
};
const PERMISSIONS: Record<string, readonly Keys[]> = {
  'Permissions of': [['Space', 'Enter']],
  'Buckets to read': [['my-bucket', 'Enter']],
};
/** Names that a terminal would obey, or that say the same as another. */
const HOSTILE_ACCOUNTS = [
  ['1', 'Dev\u001b]0;x\u0007\u001b[2J'],
  ['2', 'dev'],
  ['3', '\u202eevil\u202c $(reboot) `id`'],
  ['4', '\u0430\u0434\u043c\u0438\u043d'],
  ['9', 'management'],
].map(([digit = '', Name]) => ({
  Id: digit.repeat(12),
  Name,
  Arn: `arn:aws:organizations::${'9'.repeat(12)}:account/o-abcdefghij/${digit.repeat(12)}`,
  State: digit === '2' ? 'SUSPENDED' : 'ACTIVE',
}));

const ALL_OPTIONS: Record<string, readonly Keys[]> = { Setup: [['Down', 'Down', 'Enter']] };

const PATHS: Record<string, Record<string, readonly Keys[]>> = {
  quick: { ...PROJECT, ...PERMISSIONS },
  pair: { ...ALL_OPTIONS, ...PROJECT, ...PERMISSIONS, Roles: [['Down', 'Enter']] },
  'private-ca': {
    ...PROJECT,
    Setup: [['Down', 'Enter']],
    'GitLab URL': [['https://gitlab.example.com', 'Enter']],
  },
  'forty-projects': {
    ...PERMISSIONS,
    'Projects that can': [
      { paste: Array.from({ length: 40 }, (_, i) => `mygroup/p${i}=${i + 1}`).join('\n') },
    ],
  },
  govcloud: {
    ...ALL_OPTIONS,
    ...PROJECT,
    'AWS account ID': [['123456789012', 'Enter']],
    'AWS region': [['us-gov-west-1', 'Enter']],
  },
  accounts: {
    ...ALL_OPTIONS,
    'Projects that can': [
      ['mygroup/myproject=20', 'Enter'],
      ['mygroup/tests=21', 'Enter'],
    ],
    'Another role': [['y', 'Enter']],
    'Name of the IAM role': [['Enter'], ['gitlab-tests', 'Enter']],
    'Several AWS accounts': [['y', 'Enter']],
    'AWS accounts': [{ paste: 'dev=1111-1111-1111\nprod=222222222222, sandbox' }],
    'Is eu-west-1': [['n', 'Enter']],
    'AWS region of prod': [['eu-central-1', 'Enter']],
    'Every role in': [['n', 'Enter']],
    'Accounts of role gitlab-deploy': [
      ['Space', 'Down', 'Space', 'Enter'],
      ['Space', 'Down', 'Space', 'Enter'],
    ],
    // No role is in the sandbox, so both are asked for again; then this one is in every account.
    'Accounts of role gitlab-tests': [['Space', 'Enter'], ['Enter']],
    'Terraform state': [['Down', 'Enter']],
    'State bucket': [['my-states', 'Enter']],
  },
  organization: {
    ...ALL_OPTIONS,
    ...PROJECT,
    'Several AWS accounts': [['y', 'Enter']],
    'List of the accounts': [['Down', 'Enter']],
    'Organizational units': [['ou-abcd-11112222', 'Enter']],
  },
  resume: { ...PROJECT, ...PERMISSIONS, 'Branches that can': [['C-c']] },
};

describeWith([tmux, openssl], 'the screens of the interview', () => {
  const folder = mkdtempSync(join(tmpdir(), 'screens-'));
  let gitlab: Awaited<ReturnType<typeof machineWide>>;
  let organization: Awaited<ReturnType<typeof organizationsServer>>;
  let runs = 0;

  beforeAll(async () => {
    organization = await organizationsServer((call) =>
      call === 'ListAccountsForParent' ? { Accounts: HOSTILE_ACCOUNTS } : {},
    );
    gitlab = await machineWide(folder, largeInstance([], '18.2.2-ee'));
  });

  afterAll(async () => {
    await organization.close();
    await gitlab.stop();
    rmSync(folder, { recursive: true });
  });

  /** Walks a path in an empty folder. @returns the lines of the terminal after it */
  async function walked(path: string, columns: number, environment: Record<string, string> = {}) {
    const cwd = join(folder, `run-${runs++}`);
    mkdirSync(cwd);
    const asked = path === 'organization';
    const settings = {
      ...gitlab.environment,
      GITLAB_TOKEN: '',
      CI_JOB_TOKEN: '',
      AWS_ENDPOINT_URL: organization.url,
      AWS_ACCESS_KEY_ID: asked ? 'key' : '',
      AWS_SECRET_ACCESS_KEY: asked ? 'secret' : '',
      AWS_PROFILE: '',
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      ...environment,
    };
    const words = Object.entries(settings).map(([name, value]) => `${name}='${value}'`);
    const program = `env ${words.join(' ')} '${process.execPath}' '${PROGRAM}'`;
    const resume =
      path === 'resume' ? `${program} create --resume gitlab-aws-oidc.draft.yaml; ` : '';
    const terminal = Terminal.open(
      `${program} my-oidc; ${resume}echo "exit code $?"`,
      cwd,
      columns,
      ROWS,
    );
    try {
      await walk(terminal, PATHS[path] ?? {}, { until: 'exit code' });
      return { plain: masked(terminal.lines()), colored: terminal.lines(true).join('\n') };
    } finally {
      terminal.close();
    }
  }

  /** Without what another Node or another certificate changes, and the blank line that tmux may begin with. */
  function masked(lines: readonly string[]): string {
    const sha1 = thumbprint(join(folder, 'leaf.pem')).toLowerCase();
    const end = lines.findIndex((line) => line.startsWith('exit code'));
    const text = `${lines
      .slice(0, end + 1)
      .join('\n')
      .trimStart()}\n`;
    return text
      .replace(new RegExp(sha1.replace(/./g, '$&\\n?'), 'g'), (found) => found.replace(/\w/g, 'a'))
      .replace(/\nWith this version of Node[^]*?\(--output\s+cdktn\)\.\n/, '');
  }

  test.each(
    Object.keys(PATHS).flatMap((path) => [100, 80, 60].map((columns) => [path, columns] as const)),
  )('%s at %i columns reads as stored', async (path, columns) => {
    const { plain } = await walked(path, columns);
    const file = join(SCREENS, `${path}-${columns}.txt`);
    if (process.env['UPDATE_SCREENS']) {
      mkdirSync(SCREENS, { recursive: true });
      writeFileSync(file, plain);
    }
    expect(plain).toBe(readFileSync(file, 'utf8'));
  });

  test('with NO_COLOR the screens are the same, and no character has a color', async () => {
    const { plain, colored } = await walked('quick', 80, { NO_COLOR: '1' });
    expect(plain).toBe(readFileSync(join(SCREENS, 'quick-80.txt'), 'utf8'));
    // eslint-disable-next-line no-control-regex -- SGR sequences of the 16 colors
    expect(colored).not.toMatch(/\u001b\[(?:\d+;)*(?:3|4|9)[0-7](?:;\d+)*m/);
  });
});
