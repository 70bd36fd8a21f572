import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { AuditReport } from '../../src/audit/report.ts';
import { accountDetails } from '../audit/estate/dump.ts';
import { writeDumps } from '../audit/estate/estate.ts';
import { allow, project } from '../audit/estate/statements.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
let cwd: string;

beforeEach(() => {
  cwd = scratch();
  writeDumps(join(cwd, 'dumps'));
});

const audit = (...args: string[]) => run(['audit', 'dumps', ...args], cwd);

async function report(...args: string[]): Promise<AuditReport> {
  const { stdout } = await audit('--json', ...args);
  return JSON.parse(stdout) as AuditReport;
}

test('text shows the highest risk first, on one screen', async () => {
  const { stdout, exitCode } = await audit();
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
  const risks = [...stdout.matchAll(/risk (\d+) of 16/g)].map(([, risk]) => Number(risk));
  expect(risks).toEqual(risks.toSorted((a, b) => b - a));
  expect(stdout).toMatch(
    /^\d+ errors, \d+ warnings.* in 45 roles that trust a GitLab, of 200 roles in 3 accounts$/m,
  );
});

test('text says where the power of a role is that of others', async () => {
  const target = { AWS: 'arn:aws:iam::111111111111:role/deploy' };
  const roles = [
    { name: 'deploy', trust: [project('111111111111', 1)] },
    {
      name: 'reader',
      trust: [{ Effect: 'Allow', Principal: target, Action: 'sts:AssumeRole' }],
      permissions: [allow('secretsmanager:GetSecretValue')],
    },
  ];
  writeFileSync(
    join(cwd, 'one.json'),
    accountDetails({ id: '111111111111', providers: [], roles }),
  );
  const { stdout } = await run(['audit', 'one.json', '--role', 'deploy'], cwd);
  expect(stdout).toContain(
    '111111111111/deploy: risk 3 of 16 (exposure 1, power 3), only as another role\n',
  );
});

test.each([
  ['StringLike', []],
  ['ForAnyValue:StringLike', []],
  ['StringNotLike', ['AUD011']],
])('a trust in gitlab.com with its sub under %s has %j', async (operator, due) => {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/gitlab.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [operator]: { 'gitlab.com:sub': 'project_path:acme/web:*' } },
  };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  writeFileSync(join(cwd, 'trust.json'), JSON.stringify(policy));
  const { stdout } = await run(['audit', 'trust.json', '--json'], cwd);
  const { findings } = JSON.parse(stdout) as AuditReport;
  expect(findings.map(({ id }) => id).filter((id) => id === 'AUD011')).toEqual(due);
});

test('--role shows who can reach a role over accounts', async () => {
  const { stdout } = await audit('--role', '333333333333/organization-admin');
  expect(stdout).toContain(
    'the project with id 15: branch main, by 111111111111/hop-cross → 222222222222/bridge → 333333333333/organization-admin',
  );
  expect(stdout).toContain('administrator');
});

test('--project shows what a project can reach, by path and by ID', async () => {
  const byPath = await audit('--project', 'acme/web');
  expect(byPath.stdout).toContain('222222222222/branches-admin');
  expect(byPath.stdout).toContain('222222222222/group-secrets');
  expect(byPath.stdout).not.toContain('222222222222/images');
  const byId = await audit('--project', '15');
  expect(byId.stdout).toContain(
    '111111111111/hop-cross → 222222222222/bridge → 333333333333/organization-admin',
  );
});

test.each([
  [['--role', 'nobody'], 'is not a role that trusts a GitLab'],
  [['--role', 'ordinary-2'], 'is not a role that trusts a GitLab'],
  [['--role', 'a', '--project', 'b'], 'are two questions'],
  [['--unused-days', '-3'], 'unused-days'],
  [['--unused-days=soon'], 'is not a number of days'],
  [['--fail-on', 'AUD999'], 'is neither a severity nor a rule'],
  [['--format', 'xml'], 'There is no format xml'],
  [['--role', 'local-admin', '--format', 'csv'], 'is always of the whole report'],
])('%j is refused', async (args, message) => {
  const { stderr, exitCode } = await audit(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

describe('one gate for both kinds of findings', () => {
  test('--fail-on names a rule of audit by its name', async () => {
    expect((await audit('--fail-on', 'stale-thumbprint')).exitCode).toBe(1);
    expect((await audit('--fail-on', 'unreachable')).exitCode).toBe(2);
  });

  test('a baseline accepts all findings, and reports what is fixed', async () => {
    expect((await audit('--write-baseline', 'base.json')).exitCode).toBe(0);
    expect((await audit('--baseline', 'base.json')).exitCode).toBe(0);
    const { version, findings } = JSON.parse(readFileSync(join(cwd, 'base.json'), 'utf8')) as {
      version: 1;
      findings: object[];
    };
    const gone = {
      rule: 'AUD006',
      account: '111111111111',
      role: 'gone',
      place: 'lastUsed',
      about: 'x',
    };
    writeFileSync(
      join(cwd, 'more.json'),
      JSON.stringify({ version, findings: [...findings, gone] }),
    );
    expect((await audit('--baseline', 'more.json')).stdout).toContain(
      'Fixed: AUD006 of 111111111111/gone',
    );
  });

  test('settings suppress a finding on a provider, and lint leaves what is for audit alone', async () => {
    const settings = `version: 1
suppressions:
  - { rule: AUD010, role: "*/oidc-provider/gitlab.com", reason: Kept for the old proxy, expires: 2999-12-31 }
`;
    writeFileSync(join(cwd, 'settings.yaml'), settings);
    const found = (await report('--settings', 'settings.yaml')).findings.find(
      ({ id }) => id === 'AUD010',
    );
    expect(found).toMatchObject({
      status: 'suppressed',
      reason: 'Kept for the old proxy',
      on: '111111111111/oidc-provider/gitlab.com',
    });
    const lint = await run(
      ['lint', 'dumps/111111111111/details.json', '--settings', 'settings.yaml'],
      cwd,
    );
    expect(lint.stdout).not.toContain('AUD010');
  });
});

describe('formats', () => {
  test('JSON has the fields that docs/json.md lists', async () => {
    const page =
      readFileSync('docs/json.md', 'utf8')
        .split(/^## /m)
        .find((one) => one.startsWith('audit\n')) ?? '';
    const documented = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
    expect(Object.keys(await report())).toEqual(documented);
  });

  test('the edges of JSON name nodes of it', async () => {
    const { sources, roles, grants, chains } = await report();
    const nodes = new Set([...sources, ...roles].map(({ id }) => id));
    const named = [
      ...grants.flatMap(({ source, role }) => [source, role]),
      ...chains.flatMap((one) => one.roles),
    ];
    expect(named.filter((one) => !nodes.has(one))).toEqual([]);
  });

  test('SARIF lists every rule that it reports', async () => {
    const { stdout } = await audit('--format', 'sarif');
    const { runs } = JSON.parse(stdout) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }[];
    };
    const [only] = runs;
    const known = new Set(only?.tool.driver.rules.map(({ id }) => id));
    expect(only?.results.length).toBeGreaterThan(30);
    expect(only?.results.filter(({ ruleId }) => !known.has(ruleId))).toEqual([]);
  });

  test('each finding of the Code Quality report has a fingerprint of its own', async () => {
    const { stdout } = await audit('--format', 'codequality');
    const issues = JSON.parse(stdout) as { fingerprint: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  test('CSV has one line for each finding', async () => {
    const { stdout } = await audit('--format', 'csv');
    expect(stdout.trimEnd().split('\n')).toHaveLength((await report()).findings.length + 1);
  });
});

describe('hostile input', () => {
  const HOSTILE = '=HYPERLINK("http://evil.example")|`\u202e<img src=x>';
  const ID = '444444444444';

  function folder(): string {
    const own = scratch();
    mkdirSync(join(own, 'dumps'));
    const details = JSON.parse(
      accountDetails({
        id: ID,
        roles: [{ name: 'r', trust: [project(ID, 1)], permissions: [allow('iam:PutRolePolicy')] }],
        providers: [],
      }),
    ) as { RoleDetailList: { RoleName: string }[] };
    const [role] = details.RoleDetailList;
    if (role) role.RoleName = HOSTILE;
    writeFileSync(join(own, 'dumps', 'details.json'), JSON.stringify(details));
    writeFileSync(join(own, 'dumps', 'broken.json'), '{"RoleDetailList": [{"RoleName": "x", ');
    return own;
  }

  test.each(['text', 'csv', 'markdown', 'json', 'sarif', 'codequality'])(
    '%s shows names as text, and a broken file as a result',
    async (format) => {
      const { stdout, exitCode } = await run(['audit', 'dumps', '--format', format], folder());
      expect(exitCode).toBe(1);
      expect(stdout).not.toContain('\u202e');
      expect(stdout).toContain('AUD002');
      if (format === 'csv') expect(stdout).toMatch(/,"'=HYPERLINK/);
      else expect(stdout).toContain('broken.json');
      if (format === 'markdown') expect(stdout).not.toContain('<img');
    },
  );
});
