import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { accountDetails, document, policyArn, type RoleSpec } from '../audit/estate/dump.ts';
import { allow, comProject } from '../audit/estate/statements.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const ID = '111111111111';
const OTHER = '222222222222';
const NO_IAM = { Effect: 'Allow', NotAction: ['iam:*', 'sts:AssumeRole'], Resource: '*' };

interface Report {
  readonly policies: readonly {
    readonly name: string;
    readonly findings: readonly { id: string }[];
  }[];
}

/** The findings of each role, and the notes. */
async function linted(files: Readonly<Record<string, unknown>>) {
  const folder = scratchFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  const { stdout, stderr } = await run(['lint', ...Object.keys(files), '--json'], folder);
  const { policies } = JSON.parse(stdout) as Report;
  const found = policies.map(({ name, findings }) => [name, findings.map(({ id }) => id)]);
  return { found: Object.fromEntries(found) as Record<string, string[]>, stderr };
}

const passing = (account: string, more: Partial<RoleSpec> = {}): RoleSpec => ({
  name: `of-${account}`,
  trust: [comProject(account, 'acme/web', 20)],
  permissions: [allow('iam:PassRole')],
  ...more,
});
const dump = (id: string, roles: readonly RoleSpec[], policies = {}) =>
  accountDetails({ id, roles, providers: [], policies });

test('a boundary counts that another export of the account holds, and not one of another account', async () => {
  const roles = [ID, OTHER].map((id) => passing(id, { boundary: policyArn(id, 'limit') }));
  const { found } = await linted({
    'roles.json': dump(ID, roles.slice(0, 1)),
    'others.json': dump(OTHER, roles.slice(1)),
    'policies.json': dump(ID, [], { limit: [NO_IAM] }),
  });
  expect(found).toEqual({ [`of-${ID}`]: [], [`of-${OTHER}`]: ['OIDC112'] });
});

test('SCPs of the input count for every account of it', async () => {
  const files = { 'a.json': dump(ID, [passing(ID)]), 'b.json': dump(OTHER, [passing(OTHER)]) };
  const { found, stderr } = await linted({ ...files, 'scp.json': document([NO_IAM]) });
  expect(found).toEqual({ [`of-${ID}`]: [], [`of-${OTHER}`]: [] });
  expect(stderr).toBe('');
});

test('a policy that may be an SCP or not takes nothing away, and a note says so', async () => {
  const { found, stderr } = await linted({
    'a.json': dump(ID, [passing(ID)]),
    'p.json': document([NO_IAM]),
  });
  expect(found).toEqual({ [`of-${ID}`]: ['OIDC112'] });
  expect(stderr).toContain('p.json holds a policy without a role, and does not count');
});

const template = (boundary: unknown, name?: string) => ({
  Resources: {
    Limit: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ...(name !== undefined && { ManagedPolicyName: name }),
        PolicyDocument: document([NO_IAM]),
      },
    },
    Deploy: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: document([comProject('123456789012', 'acme/web', 20)]),
        PermissionsBoundary: boundary,
        Policies: [{ PolicyName: 'inline', PolicyDocument: document([allow('iam:PassRole')]) }],
      },
    },
  },
});

test.each<[string, unknown, string | undefined, string[]]>([
  ['by its logical id, whatever AWS will call it', { Ref: 'Limit' }, undefined, []],
  [
    'by an ARN that is made of its name',
    { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/limit' },
    'limit',
    [],
  ],
  ['that is not in the template', `arn:aws:iam::${ID}:policy/limit`, 'limit', ['OIDC112']],
])('a boundary of a CloudFormation template: %s', async (_, boundary, name, ids) => {
  const { found } = await linted({ 'stack.json': template(boundary, name) });
  expect(found).toEqual({ Deploy: ids });
});

test.each([
  ['PassRole is within', 'iam:*', ['OIDC112']],
  ['it is outside', 's3:*', []],
])('a boundary of Terraform counts: %s', async (_, action, ids) => {
  const { found } = await linted({
    'main.tf': `
resource "aws_iam_policy" "limit" {
  name   = "limit"
  policy = jsonencode(${JSON.stringify(document([allow(action)]))})
}
resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy   = jsonencode(${JSON.stringify(document([comProject(ID, 'acme/web', 20)]))})
}
resource "aws_iam_role_policy" "inline" {
  role   = aws_iam_role.deploy.name
  policy = jsonencode(${JSON.stringify(document([allow('iam:PassRole')]))})
}
`,
  });
  expect(Object.values(found)).toEqual([ids]);
});
