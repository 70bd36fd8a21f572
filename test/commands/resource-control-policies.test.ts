import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { ONLY_ACME } from '../support/builders/only-acme.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** What every view shows of a role whose account has an RCP. */
const scratchFolder = scratchFolders();

const ACCOUNT = '123456789012';
const ROLE = {
  RoleName: 'deploy',
  Path: '/',
  Arn: 'arn:aws:iam::123456789012:role/deploy',
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringLike: { 'gitlab.com:sub': 'project_path:*' } },
      },
    ],
  },
};

const described = (content: string) => ({
  Policy: {
    PolicySummary: { Name: 'guard', Type: 'RESOURCE_CONTROL_POLICY' },
    Content: content,
  },
});
const rcpOf = (...Statement: readonly object[]) =>
  described(JSON.stringify({ Version: '2012-10-17', Statement }));
const GUARD = rcpOf(ONLY_ACME);

/** A folder with `with`, a role and an RCP, and `without`, the role alone. */
function folders(control: unknown = GUARD): string {
  const folder = scratchFolder();
  for (const name of ['with', 'without']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'role.json'), JSON.stringify({ Role: ROLE }));
  }
  writeFileSync(join(folder, 'with', 'rcp.json'), JSON.stringify(control));
  return folder;
}

/** The guard for a group that is not the one of the role. */
const CLOSED = rcpOf({ ...ONLY_ACME, Condition: undefined });

const job = (project: string) => ['--project', project, '--branch', 'main'];

describe('explain', () => {
  test('lists who may assume the role under the RCP, and what the RCP denies', async () => {
    const { stdout, stderr } = await run(['explain', 'with'], folders());
    expect(stdout).toContain('deploy  every project in acme  any branch\n');
    expect(stdout).toMatch(
      /deploy: Statement\[0\] of RCP guard denies tokens that the trust policy allows,\s+such as\s+project_/,
    );
    expect(stderr).toBe(
      'Assumed to hold for all roles of the input: RCP guard. An RCP does not hold in the management account of its organization\n',
    );
  });

  test('names the statement of the RCP that denies a job', async () => {
    const cwd = folders();
    const denied = await run(['explain', 'with', ...job('evil/web')], cwd);
    expect([denied.exitCode, denied.stdout]).toEqual([
      1,
      expect.stringContaining('deploy: denied\n  Statement[0] of RCP guard denies it\n'),
    ]);
    const allowed = await run(['explain', 'with', ...job('acme/web')], cwd);
    expect([allowed.exitCode, allowed.stdout]).toEqual([
      0,
      expect.stringContaining('deploy: allowed by Statement[0]\n'),
    ]);
  });

  test('has the same in JSON', async () => {
    const cwd = folders();
    const table = JSON.parse((await run(['explain', 'with', '--json'], cwd)).stdout) as unknown;
    expect(table).toMatchObject({
      roles: [
        {
          grants: [{ who: { kind: 'group', path: 'acme' } }],
          denied: [{ document: 'guard', path: 'Statement[0]', sid: 'OnlyAcme' }],
        },
      ],
    });
    const asked = ['explain', 'with', ...job('evil/web'), '--json'];
    expect(JSON.parse((await run(asked, cwd)).stdout)).toMatchObject({
      roles: [
        {
          decision: 'denied',
          because: { kind: 'policy' },
          statements: [
            { index: 0, path: 'Statement[0]', effect: 'Allow', applies: true },
            { index: 0, path: 'Statement[0]', document: 'guard', effect: 'Deny', applies: true },
          ],
        },
      ],
    });
  });

  const VARIABLE = { StringNotEquals: { 'gitlab.com:sub': '${aws:SourceVpc}' } };
  const withCondition = (condition: object) =>
    rcpOf(ONLY_ACME, { ...ONLY_ACME, Condition: condition });

  test('names the statement of the RCP that leaves the answer open', async () => {
    const cwd = folders(withCondition(VARIABLE));
    for (const args of [[], job('acme/web')]) {
      const { stdout } = await run(['explain', 'with', ...args], cwd);
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        'it depends on StringNotEquals gitlab.com:sub "${aws:SourceVpc}", in Statement[1] of RCP guard',
      );
    }
    const { stdout } = await run(['audit', 'with', '--json'], cwd);
    expect(stdout).toContain(', in Statement[1] of RCP guard');
  });

  test('names the statement that asks for what the request has', async () => {
    const cwd = folders(withCondition({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }));
    const { stdout } = await run(['explain', 'with', ...job('acme/web')], cwd);
    expect(stdout).toContain(
      'undetermined: it depends on aws:SourceIp\n  asked by    Statement[1] of RCP guard\n',
    );
  });

  test('names the statement of the trust policy that leaves the answer open', async () => {
    const cwd = folders();
    const text = JSON.stringify({ Role: ROLE }).replace('project_path:*', '${aws:SourceVpc}');
    writeFileSync(join(cwd, 'without', 'role.json'), text);
    const { stdout } = await run(['explain', 'without', ...job('acme/web')], cwd);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/it depends on [^,]*, in Statement\[0\] $/);
  });

  test('does not determine it where the RCP cannot be read', async () => {
    const cwd = folders(described('{'));
    const { exitCode, stdout } = await run(['explain', 'with', ...job('acme/web')], cwd);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('it depends on RCP guard (it cannot be read)');
    expect(stdout).toContain('not read');
  });

  test('takes up the RCP of a generated repository, and says so', async () => {
    const folder = scratchFolder();
    const golden = new URL('../../generated/organization', import.meta.url).pathname;
    cpSync(golden, join(folder, 'my-oidc'), { recursive: true });
    // Somebody edits the role by hand so that it admits another group.
    const hcl = join(folder, 'my-oidc', 'terraform', 'roles.tf');
    const text = readFileSync(hcl, 'utf8');
    writeFileSync(hcl, text.replace('project_path:mygroup/shop:', 'project_path:evil/shop:'));
    const { stdout, stderr } = await run(['explain', 'my-oidc'], folder);
    const guard = join('my-oidc', 'org', 'rcp.json');
    expect(stderr).toContain(`Assumed to hold for all roles of my-oidc: RCP ${guard}`);
    expect(stdout).toContain(`aws_iam_role.shop_deploy: Statement[0] of RCP ${guard} denies`);
    // The guard admits the group with the ID 77, whatever its path is.
    expect(stdout).toMatch(
      /evil\/shop \(id 20\) +branch main, protected refs only, namespace_id 77\n/,
    );
  });
});

describe('lint', () => {
  const findings = async (cwd: string, input: string) => {
    const { stdout } = await run(['lint', input, '--json'], cwd);
    const { policies } = JSON.parse(stdout) as {
      policies: { findings: { id: string; harm: string; message: string }[] }[];
    };
    return policies.flatMap((one) => one.findings);
  };

  test('reports that somebody gets in only where the RCP leaves him in', async () => {
    const cwd = folders();
    const idsOf = async (input: string) => (await findings(cwd, input)).map(({ id }) => id);
    // Every project of the instance is OIDC002; under the RCP, every project of one group is OIDC102.
    expect(await idsOf('without')).toContain('OIDC002');
    expect(await idsOf('with')).not.toContain('OIDC002');
    expect(await idsOf('with')).toContain('OIDC102');
  });

  test('says of a statement that an RCP closes that nobody is accepted, and why', async () => {
    const found = await findings(folders(CLOSED), 'with');
    expect(found.filter(({ harm }) => harm === 'lets-in' || harm === 'weakens')).toEqual([]);
    expect(found).toMatchObject([
      {
        id: 'OIDC035',
        message: expect.stringContaining('RCP guard denies what the statement allows'),
      },
    ]);
  });

  test('leaves open what an RCP that cannot be read denies', async () => {
    const found = await findings(folders(described('{')), 'with');
    expect(found.map(({ id }) => id)).toContain('OIDC201');
  });
});

describe('compare', () => {
  const compared = async (cwd: string, before: string, after: string) => {
    const { stdout } = await run(['compare', before, after, '--json'], cwd);
    return JSON.parse(stdout) as { gains: string; loses: string };
  };

  test('says who loses by an RCP, and who gains without it', async () => {
    const cwd = folders();
    expect(await compared(cwd, 'without', 'with')).toMatchObject({ gains: 'no', loses: 'yes' });
    expect(await compared(cwd, 'with', 'without')).toMatchObject({ gains: 'yes', loses: 'no' });
    expect(await compared(cwd, 'with', 'with')).toMatchObject({ gains: 'no', loses: 'no' });
  });

  const OF_ACME = { StringNotLike: { 'gitlab.com:sub': 'project_path:acme/*' } };

  test.each([
    ['a subject', OF_ACME],
    ['the ID of a group', { StringNotEquals: { 'gitlab.com:namespace_id': '77' } }],
    ['an address', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['a session name', { StringNotLike: { 'sts:RoleSessionName': 'gitlab-*' } }],
    ['one of two accounts', { ...OF_ACME, StringEquals: { 'aws:ResourceAccount': ACCOUNT } }],
  ])(
    'prints commands that show the token allowed, and denied by an RCP with %s',
    async (_, condition) => {
      const cwd = folders(rcpOf({ ...ONLY_ACME, Condition: condition }));
      // A role of the same name in another account.
      const text = JSON.stringify({ Role: ROLE }).replaceAll(ACCOUNT, '210987654321');
      for (const name of ['with', 'without']) writeFileSync(join(cwd, name, 'other.json'), text);
      for (const inputs of [
        ['without', 'with'],
        ['with', 'without'],
      ]) {
        const { stdout } = await run(['compare', ...inputs], cwd);
        const checks = [...stdout.matchAll(/^ {4}check: (.*)$/gm)].map(([, words = '']) => words);
        expect(checks.map((one) => one.split(' ')[1])).toEqual(['without', 'with']);
        const shown = await Promise.all(
          checks.map((one) => run(one.replaceAll("'", '').split(' '), cwd)),
        );
        expect(shown.map(({ exitCode }) => exitCode)).toEqual([0, 1]);
        expect(shown[1]?.stdout).toBe('deploy: denied\n  Statement[0] of RCP guard denies it\n');
      }
    },
  );

  test('does not determine who loses by an RCP that cannot be read', async () => {
    const cwd = folders(described('{'));
    expect(await compared(cwd, 'without', 'with')).toMatchObject({ loses: 'undetermined' });
  });
});

describe('audit', () => {
  test('has the grants that the RCP leaves, and what it denies', async () => {
    const cwd = folders();
    const { stdout } = await run(['audit', 'with', '--json'], cwd);
    expect(JSON.parse(stdout)).toMatchObject({
      sources: [{ kind: 'group', path: 'acme' }],
      roles: [
        { name: 'deploy', denied: [expect.stringContaining('Statement[0] of RCP guard denies')] },
      ],
    });
    const text = await run(['audit', 'with', '--role', 'deploy'], cwd);
    expect(text.stdout).toMatch(/What RCPs deny\n +Statement\[0\] of RCP guard denies/);
  });

  test('lists an RCP once that was given for two levels', async () => {
    const cwd = folders();
    const document = { Version: '2012-10-17', Statement: [ONLY_ACME] };
    writeFileSync(join(cwd, 'with', 'rcp-root.json'), JSON.stringify(GUARD));
    for (const file of ['rcp-one.json', 'rcp-two.json'])
      writeFileSync(join(cwd, 'with', file), JSON.stringify(document));
    const { stdout } = await run(['audit', 'with', '--json'], cwd);
    const { roles } = JSON.parse(stdout) as { roles: { denied: string[] }[] };
    expect(roles[0]?.denied.map((one) => one.replace(/ denies .*/, ''))).toEqual([
      'Statement[0] of RCP with/rcp-one.json and with/rcp-two.json',
      'Statement[0] of RCP guard',
    ]);
    const { stdout: table } = await run(['explain', 'with', '--json'], cwd);
    expect(table.match(/"document": "guard"/g)).toHaveLength(1);
  });

  test('calls the trust of a role dead that an RCP closes', async () => {
    const { stdout } = await run(['audit', 'with', '--json'], folders(CLOSED));
    const { findings } = JSON.parse(stdout) as { findings: { id: string; message: string }[] };
    expect(findings.find(({ id }) => id === 'AUD004')?.message).toContain(
      'RCP guard denies what the statement allows',
    );
  });
});

describe('doctor', () => {
  test('names the statement of the RCP that denies the token', async () => {
    const { stdout } = await run(['doctor', 'with', ...job('evil/web'), '--json'], folders());
    const { checks } = JSON.parse(stdout) as { checks: { check: string; cause?: string }[] };
    const { cause } = checks.find(({ check }) => check === 'trust policy') ?? {};
    expect(cause).toBe('Statement[0] of RCP guard denies the token');
  });
});
