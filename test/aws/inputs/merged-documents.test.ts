import { expect, test } from '@jest/globals';
import type { Inventory } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';

function read(file: string, text: string): Inventory {
  return readInventory([{ file, text, isFound: false }]);
}

const roleWith = (document: string) => `
data "aws_iam_policy_document" "first" {
  version = "2008-10-17"
  statement {
    sid     = "A"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["123456789012"]
    }
  }
  statement {
    actions = ["sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "A"
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["210987654321"]
    }
  }
  ${document}
}
resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = data.aws_iam_policy_document.trust.minified_json
}
`;

const DENY = { Sid: 'S', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' };
const ALLOW = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
const TAG = { Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: '*' } };
const OWN = {
  Sid: 'A',
  Effect: 'Deny',
  Action: 'sts:AssumeRole',
  Principal: { AWS: '210987654321' },
};
const text = (...statements: object[]) =>
  JSON.stringify(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
const FIRST = 'data.aws_iam_policy_document.first.json';

// The statements are those that AWS provider 5.100.0 writes.
test.each([
  ['sources', `source_policy_documents = [${FIRST}, "", ${text(DENY)}]`, [OWN, TAG, DENY]],
  [
    'sources and overrides',
    `source_policy_documents   = [${FIRST}, ${text(DENY)}]
     override_policy_documents = [${text({ Sid: 'B', ...ALLOW }, { Sid: 'A', ...ALLOW })}]`,
    [{ Sid: 'A', ...ALLOW }, TAG, DENY, { Sid: 'B', ...ALLOW }],
  ],
])('an aws_iam_policy_document with %s is merged as Terraform does', (_, document, expected) => {
  const merged = read('main.tf', roleWith(document));
  const plain = read('policy.json', JSON.stringify({ Version: '2012-10-17', Statement: expected }));
  expect(merged.unreadable).toEqual([]);
  const statements = ({ roles }: Inventory) => roles[0]?.trust.statements;
  expect(statements(merged)).toEqual(statements(plain));
  expect(statements(merged)).toHaveLength(expected.length);
});

test.each([
  ['a text that is not a policy', 'source_policy_documents = ["nothing"]'],
  ['one that is not known', 'override_policy_documents = [data.http.policy.response_body]'],
])('a role whose document is merged with %s is not read', (_, document) => {
  const { roles, unreadable } = read('main.tf', roleWith(document));
  expect(roles).toEqual([]);
  expect(unreadable.map(({ what }) => what)).toEqual([
    expect.stringContaining('cannot be determined'),
  ]);
});

/** What Terraform 1.11 says of a data source that is merged with one that waits for the provider. */
test('a plan does not lose the documents that are merged into an unknown one', () => {
  const document = (name: string, after: object, unknown: object) => ({
    address: `data.aws_iam_policy_document.${name}`,
    mode: 'data',
    type: 'aws_iam_policy_document',
    name,
    change: { actions: ['read'], after, after_unknown: { json: true, ...unknown } },
  });
  const statement = {
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: [
      { type: 'Federated', identifiers: ['arn:aws:iam::123456789012:oidc-provider/gitlab.com'] },
    ],
    condition: [{ test: 'StringLike', variable: 'gitlab.com:sub', values: ['project_path:acme*'] }],
  };
  const references = (name: string, attribute: string) => ({
    references: [
      `data.aws_iam_policy_document.${name}.${attribute}`,
      `data.aws_iam_policy_document.${name}`,
    ],
  });
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.0',
    planned_values: {},
    resource_changes: [
      document('first', { statement: [statement] }, {}),
      document('trust', { source_policy_documents: [null] }, { source_policy_documents: [true] }),
      {
        address: 'aws_iam_role.ci',
        mode: 'managed',
        type: 'aws_iam_role',
        name: 'ci',
        change: {
          actions: ['create'],
          after: { name: 'ci' },
          after_unknown: { assume_role_policy: true },
        },
      },
    ],
    configuration: {
      root_module: {
        resources: [
          {
            address: 'data.aws_iam_policy_document.trust',
            expressions: { source_policy_documents: references('first', 'json') },
          },
          {
            address: 'aws_iam_role.ci',
            expressions: { assume_role_policy: references('trust', 'json') },
          },
        ],
      },
    },
  };
  const { roles, unreadable } = read('plan.json', JSON.stringify(plan));
  expect(unreadable).toEqual([]);
  expect(roles[0]?.trust.statements[0]?.conditions[0]?.values[0]?.text).toBe('project_path:acme*');
});
