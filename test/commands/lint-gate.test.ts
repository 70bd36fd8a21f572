import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const statement = (subject: string) => ({
  Effect: 'Allow',
  Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: {
    StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
    StringLike: { 'gitlab.com:sub': subject },
  },
});
const role = (name: string, ...subjects: string[]) => ({
  RoleName: name,
  Arn: `arn:aws:iam::123456789012:role/${name}`,
  Path: '/',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: subjects.map(statement) },
});
const ANY = 'project_path:*:ref_type:branch:ref:main';
const FOREIGN = {
  ...role('other'),
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  },
};

/** A folder with these roles, and `lint roles.json` in it. */
function estate(...roles: object[]) {
  const cwd = scratchFolder();
  const put = (...now: object[]) => {
    writeFileSync(join(cwd, 'roles.json'), JSON.stringify({ Roles: now }));
  };
  put(...roles);
  return {
    put,
    path: (name: string) => join(cwd, name),
    lint: (...args: string[]) => run(['lint', 'roles.json', ...args], cwd),
  };
}

test('a baseline accepts the findings of today, fails on a new one, and reports a fixed one', async () => {
  const { put, path, lint } = estate(role('deploy', ANY), role('legacy', ANY));
  expect((await lint()).exitCode).toBe(1);
  expect((await lint('--write-baseline', 'base.json')).exitCode).toBe(0);
  const written = readFileSync(path('base.json'), 'utf8');
  const accepted = await lint('--baseline', 'base.json');
  expect(accepted.exitCode).toBe(0);
  expect(accepted.stdout).toContain('OIDC002 any-project at Statement[0]');
  expect(accepted.stdout).toContain('in the baseline\n');

  put(role('legacy', ANY), role('deploy', 'project_path:acme/web:ref_type:branch:ref:main', ANY));
  const moved = await lint('--baseline', 'base.json');
  expect(moved.stdout).toContain('Statement[1].Condition.StringLike["gitlab.com:sub"], in the');
  expect(moved.exitCode).toBe(0);
  put(role('legacy', ANY), role('deploy', ANY));
  await lint('--write-baseline', 'base.json');
  expect(readFileSync(path('base.json'), 'utf8')).toBe(written);

  put(role('deploy', ANY), role('fresh', ANY));
  const { stdout, exitCode } = await lint('--baseline', 'base.json');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('fresh: dangerous\n  error OIDC002 any-project');
  expect(stdout).toContain(
    'Fixed: OIDC002 of 123456789012/legacy at Statement.Condition.StringLike["gitlab.com:sub"]',
  );
});

test('SARIF, JSON and Code Quality agree about what is new, known, suppressed and fixed', async () => {
  const { put, path, lint } = estate(role('known', ANY), role('gone', ANY));
  await lint('--write-baseline', 'base.json');
  put(role('known', ANY), role('fresh', ANY), role('waived', ANY));
  writeFileSync(
    path('lint.yaml'),
    `version: 1
suppressions:
  - { rule: any-project, role: "*/waived", reason: a test account, expires: 2999-12-31 }
`,
  );
  const args = ['--baseline', 'base.json', '--settings', 'lint.yaml'];
  const as = async (format: string): Promise<unknown> =>
    JSON.parse((await lint(...args, '--format', format)).stdout);
  interface Result {
    readonly ruleId: string;
    readonly baselineState: string;
    readonly suppressions?: readonly { readonly justification: string }[];
    readonly message: { readonly text: string };
  }
  const sarif = (await as('sarif')) as { runs: [{ results: Result[] }] };
  const results = sarif.runs[0].results.filter(({ ruleId }) => ruleId === 'OIDC002');
  expect(
    results.map(({ baselineState, suppressions, message }) => [
      /^\w+/.exec(message.text)?.[0],
      baselineState,
      suppressions?.[0]?.justification,
    ]),
  ).toEqual([
    ['known', 'unchanged', undefined],
    ['fresh', 'new', undefined],
    ['waived', 'new', 'a test account'],
    ['gone', 'absent', undefined],
  ]);
  interface Policy {
    readonly name: string;
    readonly findings: readonly { readonly id: string; readonly status: string }[];
  }
  const json = (await as('json')) as { policies: Policy[]; fixed: { role: string }[] };
  expect(
    json.policies.map(({ name, findings }) => [
      name,
      findings.find(({ id }) => id === 'OIDC002')?.status,
    ]),
  ).toEqual([
    ['known', 'baseline'],
    ['fresh', 'open'],
    ['waived', 'suppressed'],
  ]);
  expect(new Set(json.fixed.map((one) => one.role))).toEqual(new Set(['gone']));
  const quality = (await as('codequality')) as { description: string; check_name: string }[];
  expect(
    quality
      .filter(({ check_name: name }) => name.startsWith('OIDC002'))
      .map(({ description }) => description.split(':')[0]),
  ).toEqual(['fresh']);
});

test('an expired suppression is reported with its line, and its finding counts again', async () => {
  const { path, lint } = estate(role('deploy', ANY));
  const write = (expires: string) => {
    writeFileSync(
      path('lint.yaml'),
      `version: 1
suppressions:
  - rule: OIDC002
    role: 123456789012/deploy
    reason: agreed
    expires: ${expires}
`,
    );
  };
  write('2999-12-31');
  const holding = await lint('--settings', 'lint.yaml');
  expect(holding.exitCode).toBe(0);
  expect(holding.stdout).toContain('suppressed until 2999-12-31: agreed');
  expect(holding.stdout).toContain('deploy: dangerous');
  write('2020-01-01');
  const expired = await lint('--settings', 'lint.yaml');
  expect(expired.exitCode).toBe(1);
  expect(expired.stdout).toContain(
    'lint.yaml:3:5: suppressions[0]: the suppression of OIDC002 for 123456789012/deploy expired on 2020-01-01.',
  );
});

test('--fail-on takes a rule, and --only gitlab leaves out other roles', async () => {
  const subject = 'project_path:acme/*:ref_type:branch:ref:main';
  const { lint } = estate(role('deploy', subject), FOREIGN);
  expect((await lint()).exitCode).toBe(0);
  expect((await lint('--fail-on', 'group-wide')).exitCode).toBe(1);
  expect((await lint('--fail-on', 'OIDC001,OIDC002')).exitCode).toBe(0);
  expect((await lint()).stdout).toContain('other: skipped');
  expect((await lint('--only', 'gitlab')).stdout).not.toContain('other');
});

test.each<[args: string[], says: string]>([
  [['--fail-on', 'everything'], '"everything" is neither a severity nor a rule'],
  [['--only', 'github'], '"github" is not a kind of role'],
  [['--baseline', 'nowhere.json'], '"nowhere.json" cannot be read (ENOENT)'],
  [['--baseline', 'roles.json'], 'roles.json: version\n'],
  [['--baseline', '.'], '"." cannot be read (EISDIR)'],
  [['--settings', '/dev/zero'], '"/dev/zero" has more than 16 MB'],
  [['--settings', 'roles.json'], 'There is no field "Roles"'],
])('%j is refused', async (args, says) => {
  const { lint } = estate(role('deploy', ANY));
  const { exitCode, stdout, stderr } = await lint(...args);
  expect(stderr).toContain(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test('a baseline is not written through a link, or to a FIFO', async () => {
  const { path, lint } = estate(role('deploy', ANY));
  symlinkSync(path('elsewhere'), path('link.json'));
  execFileSync('mkfifo', [path('fifo.json')]);
  const link = await lint('--write-baseline', 'link.json');
  expect(link.stderr).toContain('It is a symbolic link.');
  expect(existsSync(path('elsewhere'))).toBe(false);
  const fifo = await lint('--write-baseline', 'fifo.json');
  expect(fifo.stderr).toContain('It is not a plain file.');
  expect([link.exitCode, fifo.exitCode]).toEqual([2, 2]);
});
