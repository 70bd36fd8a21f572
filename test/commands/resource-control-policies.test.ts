import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** What every view shows of a role whose account has an RCP. */
const scratchFolder = scratchFolders();

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

const ONLY_ACME = {
  Sid: 'OnlyAcme',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Resource: '*',
  Condition: {
    Null: { 'gitlab.com:sub': 'false' },
    StringNotLike: { 'gitlab.com:sub': 'project_path:acme/*' },
  },
};

const described = (content: string) => ({
  Policy: {
    PolicySummary: { Name: 'guard', Type: 'RESOURCE_CONTROL_POLICY' },
    Content: content,
  },
});
const GUARD = described(JSON.stringify({ Version: '2012-10-17', Statement: [ONLY_ACME] }));

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
