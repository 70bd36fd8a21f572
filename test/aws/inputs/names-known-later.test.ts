import { describe, expect, test } from '@jest/globals';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';

/** A trust policy; as the document of another policy it is as good as any. */
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** A role whose name no file says, and what is written beside it. */
function readBeside(blocks: string, name = '"${var.env}-ci"') {
  const text = `variable "env" {}
resource "aws_iam_role" "ci" {
  name               = ${name}
  assume_role_policy = ${JSON.stringify(DOCUMENT)}
}
resource "aws_iam_policy" "deploy" {
  name_prefix = "deploy-"
  policy      = ${JSON.stringify(DOCUMENT)}
}
${blocks}`;
  const { roles, unreadable } = readInventory([{ file: 'main.tf', text, isFound: true }]);
  const [role] = roles;
  return {
    policies: role?.policies?.map(({ arn, name: own }) => arn ?? own),
    boundary: role?.boundary?.name,
    document: role?.boundary?.document ?? role?.policies?.[0]?.document,
    reasons: unreadable.map(({ what }) => what),
  };
}

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

const attached = (role: string, policy = `"${ADMINISTRATOR}"`) => `
resource "aws_iam_role_policy_attachment" "one" {
  role       = ${role}
  policy_arn = ${policy}
}`;

describe('a role whose name is known after the apply has the policies of those that refer to it', () => {
  test.each<[how: string, blocks: string]>([
    ['by name', attached('aws_iam_role.ci.name')],
    ['by ID', attached('aws_iam_role.ci.id')],
    ['in a template by itself', attached('"${aws_iam_role.ci.name}"')],
    ['through a local', `locals { role = aws_iam_role.ci.name }${attached('local.role')}`],
    ['through try()', attached('try(aws_iam_role.ci.name, "none")')],
    ['on a condition', attached('true ? aws_iam_role.ci.name : "other"')],
    [
      'in a list',
      `resource "aws_iam_policy_attachment" "one" {
  name       = "one"
  roles      = [aws_iam_role.ci.name]
  policy_arn = "${ADMINISTRATOR}"
}`,
    ],
  ])('%s', (_, blocks) => {
    const { policies, reasons } = readBeside(blocks);
    expect(policies).toEqual([ADMINISTRATOR]);
    expect(reasons).toEqual([]);
  });

  test.each(['null', '"${terraform.workspace}"'])('where its name is %s', (name) => {
    for (const attribute of ['name', 'id'])
      expect(readBeside(attached(`aws_iam_role.ci.${attribute}`), name).policies).toEqual([
        ADMINISTRATOR,
      ]);
  });

  test('through the output of a module', () => {
    const module = `resource "aws_iam_role" "ci" {
  name_prefix        = "ci-"
  assume_role_policy = ${JSON.stringify(DOCUMENT)}
}
output "name" { value = aws_iam_role.ci.name }
`;
    const { roles, unreadable } = readInventory(
      [
        { file: 'main.tf', text: `module "ci" { source = "./ci" }${attached('module.ci.name')}` },
        { file: 'ci/main.tf', text: module },
      ].map((one) => ({ ...one, isFound: true })),
    );
    expect(unreadable).toEqual([]);
    expect(roles.map(({ label, policies }) => [label, policies?.map(({ arn }) => arn)])).toEqual([
      ['module.ci.aws_iam_role.ci', [ADMINISTRATOR]],
    ]);
  });
});

describe('a policy whose ARN is known after the apply is found where it is attached', () => {
  test('to a role', () => {
    const found = readBeside(attached('aws_iam_role.ci.name', 'aws_iam_policy.deploy.arn'));
    expect(found.policies).toEqual(['aws_iam_policy.deploy']);
    expect(found.document).toEqual(JSON.parse(DOCUMENT));
    expect(found.reasons).toEqual([]);
  });

  test('as a boundary', () => {
    const found = readBeside(
      '',
      '"${var.env}"\n  permissions_boundary = aws_iam_policy.deploy.arn',
    );
    expect(found.boundary).toBe('aws_iam_policy.deploy');
    expect(found.document).toEqual(JSON.parse(DOCUMENT));
    expect(found.reasons).toEqual([]);
  });
});

describe("what is made of a name that is not known is nobody's", () => {
  test.each<[how: string, role: string]>([
    ['a longer text', '"${aws_iam_role.ci.name}-other"'],
    ['a function', 'lower(aws_iam_role.ci.name)'],
    ['a comparison', 'aws_iam_role.ci.name == "x" ? "a" : "b"'],
    ['a member of that name', '{ a = "b" }[aws_iam_role.ci.name]'],
    ['a loop', 'join("", [for one in [aws_iam_role.ci.name] : one])'],
  ])('%s', (_, role) => {
    const { policies, reasons } = readBeside(attached(role));
    expect(policies).toEqual([]);
    expect(reasons).toEqual([
      expect.stringContaining(
        'the role of aws_iam_role_policy_attachment.one cannot be determined',
      ),
    ]);
  });
});

describe('a plan', () => {
  const change = (address: string, type: string, after: object, unknown: object = {}) => ({
    address,
    type,
    mode: 'managed',
    change: { actions: ['create'], after, after_unknown: unknown },
  });
  const reference = (...references: string[]) => ({ references });
  const configured = (address: string, type: string, expressions: object) => ({
    address,
    type,
    mode: 'managed',
    expressions,
  });

  // As Terraform 1.9 prints it: what is indexed is listed with its index, and without.
  const PLAN = JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.9.0',
    resource_changes: [
      change(
        'aws_iam_role.ci[0]',
        'aws_iam_role',
        { assume_role_policy: DOCUMENT },
        { name: true },
      ),
      change(
        'aws_iam_policy.deploy["a"]',
        'aws_iam_policy',
        { policy: DOCUMENT },
        { arn: true, name: true },
      ),
      change(
        'aws_iam_role_policy_attachment.one',
        'aws_iam_role_policy_attachment',
        {},
        { role: true, policy_arn: true },
      ),
    ],
    configuration: {
      root_module: {
        resources: [
          configured('aws_iam_role.ci', 'aws_iam_role', {}),
          configured('aws_iam_policy.deploy', 'aws_iam_policy', {}),
          configured('aws_iam_role_policy_attachment.one', 'aws_iam_role_policy_attachment', {
            role: reference('aws_iam_role.ci[0].name', 'aws_iam_role.ci[0]', 'aws_iam_role.ci'),
            policy_arn: reference(
              'aws_iam_policy.deploy["a"].arn',
              'aws_iam_policy.deploy["a"]',
              'aws_iam_policy.deploy',
            ),
          }),
        ],
      },
    },
  });

  test('in which a role and a policy by index have no names yet keeps what is attached', () => {
    const { roles, unreadable } = readInventory([{ file: 'plan.json', text: PLAN, isFound: true }]);
    expect(unreadable).toEqual([]);
    expect(
      roles.map(({ policies }) => policies?.map(({ name, document }) => [name, document])),
    ).toEqual([[['aws_iam_policy.deploy["a"]', JSON.parse(DOCUMENT)]]]);
  });
});
