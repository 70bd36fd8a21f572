import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** Whole runs of the program on what AWS's tools print and people write: each holds the same role. */
const scratchFolder = scratchFolders();

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const STATEMENT = {
  Effect: 'Allow',
  Principal: { Federated: PROVIDER },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: { StringLike: { 'gitlab.com:sub': 'project_path:acme*' } },
};
const TRUST = { Version: '2012-10-17', Statement: [STATEMENT] };
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const ROLE = {
  RoleName: 'deploy',
  Arn: 'arn:aws:iam::123456789012:role/deploy',
  AssumeRolePolicyDocument: TRUST,
};
const ATTACHED = [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMIN }];
const HCL = `resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(TRUST)})
}
`;
const resource = (type: string, values: object) => ({
  address: `${type}.deploy`,
  mode: 'managed',
  type,
  name: 'deploy',
  values,
});
const STATE = {
  format_version: '1.0',
  values: {
    root_module: {
      resources: [
        resource('aws_iam_role', { name: 'deploy', assume_role_policy: JSON.stringify(TRUST) }),
        resource('aws_iam_role_policy_attachment', { role: 'deploy', policy_arn: ADMIN }),
      ],
    },
  },
};
const instance = (type: string, attributes: object) => ({
  mode: 'managed',
  type,
  name: 'deploy',
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ schema_version: 0, attributes }],
});
const STATE_FILE = {
  version: 4,
  terraform_version: '1.9.0',
  serial: 1,
  lineage: '00000000-0000-4000-8000-000000000000',
  outputs: {},
  resources: [
    instance('aws_iam_role', { name: 'deploy', assume_role_policy: JSON.stringify(TRUST) }),
  ],
};
const TEMPLATE = {
  Resources: {
    Deploy: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'deploy', AssumeRolePolicyDocument: TRUST },
    },
  },
};
const YAML = `Resources:
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              Federated: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/gitlab.com'
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringLike:
                gitlab.com:sub: !Join [':', [project_path, acme*]]
`;
const RCP = {
  Policy: {
    PolicySummary: { Name: 'guard', Type: 'RESOURCE_CONTROL_POLICY' },
    Content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:*',
          Resource: '*',
          Condition: { StringLike: { 'gitlab.com:sub': 'project_path:left/*' } },
        },
      ],
    }),
  },
};

type Inputs = Readonly<Record<string, string>>;

const json = (value: unknown): Inputs => ({ 'input.json': JSON.stringify(value) });

/** What lint finds in files, all of them named. */
async function linted(files: Inputs, inputs: readonly string[] = Object.keys(files)) {
  const folder = scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { stdout } = await run(['lint', ...inputs, '--json'], folder);
  const { policies, unreadable } = JSON.parse(stdout) as {
    policies: { findings: { id: string }[]; place: { file: string } }[];
    unreadable: unknown[];
  };
  const ids = policies.map(({ findings }) => findings.map(({ id }) => id));
  return { ids, files: policies.map(({ place }) => place.file), unreadable };
}

test.each<[string, Inputs, ...string[]]>([
  ['a bare statement', json(STATEMENT)],
  ['a list of roles', json([ROLE])],
  ['list-roles --query Roles', json([ROLE])],
  ['get-role --query Role', json(ROLE)],
  ['rows of --query', json([['deploy', TRUST]])],
  ['members that --query renames', json([{ name: 'deploy', trust: TRUST }])],
  ['JSON lines', { 'input.jsonl': `${JSON.stringify(ROLE)}\n` }],
  ['comments', { 'input.json': `// a role\n${JSON.stringify({ Role: ROLE })}` }],
  ['a byte order mark', { 'input.json': `\ufeff${JSON.stringify({ Role: ROLE })}` }],
  ['terraform.tfstate', { 'terraform.tfstate': JSON.stringify(STATE_FILE) }],
  ['a .tf file', { 'main.tf': HCL }],
  [
    'cdk.tf.json',
    {
      'cdk.tf.json': JSON.stringify({
        resource: {
          aws_iam_role: { deploy: { name: 'deploy', assume_role_policy: JSON.stringify(TRUST) } },
        },
      }),
    },
  ],
  ['a template of CloudFormation in JSON', { 'stack.template.json': JSON.stringify(TEMPLATE) }],
  ['a template of CloudFormation in YAML', { 'stack.yaml': YAML }],
  ['the folder cdk.out', { 'cdk.out/App.template.json': JSON.stringify(TEMPLATE) }, 'cdk.out'],
  ['a folder', { 'dumps/role.json': JSON.stringify({ Role: ROLE }) }, 'dumps'],
  [
    'a role beside a policy of the organization',
    { 'rcp.json': JSON.stringify(RCP), 'role.json': JSON.stringify({ Role: ROLE }) },
  ],
])('%s is read', async (_, files, ...folders) => {
  const { ids, unreadable } = await linted(files, folders.length > 0 ? folders : undefined);
  expect({ unreadable, roles: ids.length }).toEqual({ unreadable: [], roles: 1 });
  expect(ids[0]).toContain('OIDC004');
});

test.each<[string, unknown]>([
  [
    'get-account-authorization-details',
    { RoleDetailList: [{ ...ROLE, RolePolicyList: [], AttachedManagedPolicies: ATTACHED }] },
  ],
  ['terraform show -json', STATE],
])('what %s attaches to a role is read', async (_, input) => {
  const { ids } = await linted(json(input));
  expect(ids[0]).toEqual(expect.arrayContaining(['OIDC004', 'OIDC108']));
});

test('get-open-id-connect-provider gives the audiences of the provider that a role trusts', async () => {
  const role = {
    ...ROLE,
    AssumeRolePolicyDocument: {
      ...TRUST,
      Statement: [
        { ...STATEMENT, Condition: { StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com' } } },
      ],
    },
  };
  const provider = { Url: 'gitlab.com', ClientIDList: ['https://gitlab.com'], ThumbprintList: [] };
  const { ids } = await linted({
    'role.json': JSON.stringify({ Role: role }),
    'provider.json': JSON.stringify(provider),
  });
  expect(ids[0]).toContain('OIDC016');
});

test('an item that cannot be read does not keep the others from being checked', async () => {
  const { ids, unreadable } = await linted(json({ Roles: [{ RoleName: 'broken' }, ROLE] }));
  expect(ids.flat()).toContain('OIDC004');
  expect(unreadable).toMatchObject([{ place: { file: 'input.json', line: 1 } }]);
});

test('a file of a folder that cannot be read does not keep the others from being checked', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'role.json'), JSON.stringify({ Role: ROLE }));
  writeFileSync(join(folder, 'dump.json'), '');
  // A sparse file: longer than what is read, and nothing on the disk.
  truncateSync(join(folder, 'dump.json'), 2 ** 33);
  const { exitCode, stdout } = await run(['lint', '.', '--json'], folder);
  const report = JSON.parse(stdout) as { policies: unknown[]; unreadable: unknown[] };
  expect(exitCode).toBe(1);
  expect(report.policies).toHaveLength(1);
  expect(report.unreadable).toMatchObject([
    { place: { file: 'dump.json' }, what: expect.stringContaining('larger than') },
  ]);
});

test('an RCP beside a role is named, since nothing in it says that it holds for the role', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'rcp.json'), JSON.stringify(RCP));
  writeFileSync(join(folder, 'role.json'), JSON.stringify({ Role: ROLE }));
  for (const command of ['lint', 'explain']) {
    const { stdout, stderr } = await run([command, '.'], folder);
    expect(stdout + stderr).toContain(
      'Assumed to hold for all roles of the input: RCP guard. An RCP does not hold in the management account',
    );
  }
});

test('a job whose audience the provider does not accept is denied', async () => {
  const folder = scratchFolder();
  writeFileSync(join(folder, 'role.json'), JSON.stringify({ Role: ROLE }));
  writeFileSync(join(folder, 'provider.json'), '{"Url":"gitlab.com","ClientIDList":["a"]}');
  const asked = ['explain', '.', '--project', 'acme/web', '--branch', 'main', '--json'];
  const decided = async (...more: string[]) => {
    const { stdout } = await run([...asked, ...more], folder);
    return (JSON.parse(stdout) as { roles: unknown[] }).roles;
  };
  expect(await decided()).toMatchObject([
    { decision: 'denied', because: { kind: 'audience', accepted: ['a'] } },
  ]);
  expect(await decided('--aud', 'a')).toMatchObject([{ decision: 'allowed' }]);
});
