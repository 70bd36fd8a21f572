import { describe, expect, test } from '@jest/globals';
import type { Inventory } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';

type Texts = Readonly<Record<string, string>>;

function read(texts: Texts): Inventory {
  return readInventory(
    Object.entries(texts).map(([file, text]) => ({ file, text, isFound: true })),
  );
}

const reasons = ({ unreadable }: Inventory) => unreadable.map(({ what }) => what);

/** Whom each role trusts, and on which conditions. */
const statements = ({ roles }: Inventory) =>
  roles.flatMap(({ trust }) =>
    trust.statements.map(({ principal, conditions }) => [
      principal.entries.map(({ value }) => value).join(),
      ...conditions.map(({ key, values }) => `${key} ${values.map(({ text }) => text).join()}`),
    ]),
  );

const ARN = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const SUB = 'project_path:acme/web:ref_type:branch:ref:main';

const PROVIDER = `
resource "aws_iam_openid_connect_provider" "gitlab" {
  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}
`;
const BASE = { federated: `"${ARN}"`, key: '"gitlab.com:sub"', subjects: `["${SUB}"]`, more: '' };

/** A role with a policy document, in which single expressions differ. */
function roleWith(given: Partial<typeof BASE>): string {
  const { federated, key, subjects, more } = { ...BASE, ...given };
  return `
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [${federated}]
    }
    condition {
      test     = "StringEquals"
      variable = ${key}
      values   = ${subjects}
    }
    ${more}
  }
}
resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
`;
}

describe('the url of a provider has no scheme once it is applied', () => {
  const RESOURCE = 'aws_iam_openid_connect_provider.gitlab';

  test.each<[expression: string, block: string]>([
    [`"\${${RESOURCE}.url}:sub"`, PROVIDER],
    [`"\${replace(${RESOURCE}.url, "https://", "")}:sub"`, PROVIDER],
    [`"\${trimprefix(${RESOURCE}.url, "https://")}:sub"`, PROVIDER],
    [`"\${data.${RESOURCE}.url}:sub"`, PROVIDER.replace('resource', 'data')],
    [
      `"\${data.${RESOURCE}.url}:sub"`,
      `data "aws_iam_openid_connect_provider" "gitlab" {\n  arn = "${ARN}"\n}\n`,
    ],
  ])('%s', (key, block) => {
    const found = read({ 'main.tf': block + roleWith({ key }) });
    expect(reasons(found)).toEqual([]);
    expect(statements(found)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
  });

  test('the provider itself has it, as it is written', () => {
    const found = read({ 'main.tf': PROVIDER });
    expect(found.providers).toMatchObject([{ url: 'https://gitlab.com' }]);
  });

  test.each<[references: string[], key: string]>([
    [[`${RESOURCE}.url`, RESOURCE], 'gitlab.com:sub'],
    // What was written by hand is deployed as it was written.
    [[], 'https://gitlab.com:sub'],
  ])('in a plan whose key refers to %j', (references, key) => {
    const document = 'data.aws_iam_policy_document.trust';
    const resource = (address: string, after: object, unknown: object, mode = 'managed') => ({
      address,
      mode,
      type: address.split('.').at(-2),
      change: { actions: ['create'], after, after_unknown: unknown },
    });
    const condition = {
      test: 'StringEquals',
      variable: 'https://gitlab.com:sub',
      values: [SUB],
    };
    const constant = (value: unknown) => ({ constant_value: value });
    const plan = {
      planned_values: {},
      resource_changes: [
        resource(RESOURCE, { url: 'https://gitlab.com' }, { arn: true }),
        resource(
          document,
          {
            statement: [
              {
                actions: ['sts:AssumeRoleWithWebIdentity'],
                condition: [condition],
                principals: [{ type: 'Federated', identifiers: [null] }],
              },
            ],
          },
          {
            json: true,
            statement: [
              {
                actions: [false],
                condition: [{ values: [false] }],
                principals: [{ identifiers: [true] }],
              },
            ],
          },
          'data',
        ),
        resource('aws_iam_role.deploy', { name: 'deploy' }, { assume_role_policy: true }),
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: document,
              expressions: {
                statement: [
                  {
                    condition: [
                      {
                        test: constant('StringEquals'),
                        variable: references.length > 0 ? { references } : constant(key),
                        values: constant([SUB]),
                      },
                    ],
                    principals: [{ identifiers: { references: [`${RESOURCE}.arn`, RESOURCE] } }],
                  },
                ],
              },
            },
            {
              address: 'aws_iam_role.deploy',
              expressions: { assume_role_policy: { references: [`${document}.json`, document] } },
            },
          ],
        },
      },
    };
    const found = read({ 'plan.json': JSON.stringify(plan) });
    expect(reasons(found)).toEqual([]);
    expect(statements(found)).toEqual([[ARN, `${key} ${SUB}`]]);
  });
});

describe('a provider of the own account', () => {
  const OF = 'data.aws_caller_identity.me.account_id';
  const DATA = 'data "aws_caller_identity" "me" {}\ndata "aws_partition" "here" {}\n';
  const VARIABLE = 'variable "account" {}\n';

  test.each([
    [`"arn:aws:iam::\${${OF}}:oidc-provider/gitlab.com"`, DATA],
    [`"arn:\${data.aws_partition.here.partition}:iam::\${${OF}}:oidc-provider/gitlab.com"`, DATA],
    ['"arn:aws:iam::${var.account}:oidc-provider/gitlab.com"', VARIABLE],
    [
      '"arn:${data.aws_partition.here.partition}:iam::${var.account}:oidc-provider/gitlab.com"',
      DATA + VARIABLE,
    ],
  ])('%s', (federated, blocks) => {
    const found = read({ 'main.tf': blocks + roleWith({ federated }) });
    expect(reasons(found)).toEqual([]);
    expect(statements(found)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
    expect(found.roles[0]?.key).toEqual({ account: '*', name: 'deploy' });
  });

  test.each([
    '"arn:aws:iam::123456789012:oidc-provider/${var.account}"',
    '"arn:aws:iam::${var.account}:root"',
    '"${var.account}"',
  ])('%s says more than the account, and is not determined', (federated) => {
    const found = read({ 'main.tf': VARIABLE + roleWith({ federated }) });
    expect(reasons(found)).toEqual([
      'The trust policy of aws_iam_role.deploy cannot be determined: var.account has no value in these files',
    ]);
  });
});

test('the values of a policy document are texts, whatever they are written as', () => {
  const more = `condition {
      test     = "StringEquals"
      variable = "gitlab.com:project_id"
      values   = [20]
    }
    condition {
      test     = "StringEquals"
      variable = "gitlab.com:ref_protected"
      values   = [true]
    }`;
  const [role] = read({ 'main.tf': roleWith({ more }) }).roles;
  const values = role?.trust.statements[0]?.conditions.flatMap((one) => one.values);
  expect(values).toEqual([SUB, '20', 'true'].map((text) => expect.objectContaining({ text })));
  expect(JSON.stringify(values)).not.toMatch(/"(number|boolean)"/);
});

test('two source documents with one Sid are refused, as Terraform does', () => {
  const document = (name: string) => `
data "aws_iam_policy_document" "${name}" {
  statement {
    sid     = "GitLab"
    actions = ["sts:AssumeRoleWithWebIdentity"]
  }
}
`;
  const found = read({
    'main.tf': `${document('a')}${document('b')}
data "aws_iam_policy_document" "both" {
  source_policy_documents = [for one in [data.aws_iam_policy_document.a, data.aws_iam_policy_document.b] : one.json]
}
resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = data.aws_iam_policy_document.both.json
}
`,
  });
  expect(reasons(found)).toEqual([
    'The trust policy of aws_iam_role.deploy cannot be determined: two of its source documents have a statement named GitLab, which Terraform refuses',
  ]);
});

test('roles and policies that data sources look up are not part of a configuration', () => {
  const found = read({
    'main.tf': `${roleWith({})}
data "aws_iam_role" "other" {
  name = "other"
}
data "aws_iam_policy" "read" {
  name = "ReadOnlyAccess"
}
data "aws_iam_policy" "own" {
  arn = "arn:aws:iam::123456789012:policy/own"
}
resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.deploy.name
  policy_arn = data.aws_iam_policy.own.arn
}
`,
  });
  expect(reasons(found)).toEqual([]);
  expect(
    found.roles.map(({ label, policies }) => [label, policies?.map(({ arn }) => arn)]),
  ).toEqual([['aws_iam_role.deploy', ['arn:aws:iam::123456789012:policy/own']]]);
});

test('a powerful policy of AWS that a data source looks up by its name is known', () => {
  const found = read({
    'main.tf': `${roleWith({})}
data "aws_iam_policy" "admin" {
  name = "AdministratorAccess"
}
resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.deploy.name
  policy_arn = data.aws_iam_policy.admin.arn
}
`,
  });
  expect(found.roles[0]?.policies).toMatchObject([
    { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ]);
});

describe('functions', () => {
  const subjectsOf = (expression: string, more: Texts = {}) => {
    const found = read({ 'main.tf': roleWith({ subjects: expression }), ...more });
    return found.unreadable.length > 0
      ? reasons(found)
      : found.roles[0]?.trust.statements[0]?.conditions[0]?.values.map(({ text }) => text);
  };

  test('setproduct() gives every choice, the last list changing first', () => {
    expect(subjectsOf('[for one in setproduct(["a", "b"], ["x", "y"]) : join("/", one)]')).toEqual([
      'a/x',
      'a/y',
      'b/x',
      'b/y',
    ]);
    expect(subjectsOf('[for one in setproduct(["a"], []) : one[0]]')).toEqual([]);
    expect(subjectsOf('setproduct(range(200), range(200))')).toEqual([
      expect.stringContaining('this program does not evaluate setproduct() of these arguments'),
    ]);
  });

  test.each<[yaml: string, expected: string[]]>([
    ['- acme/web\n- "on"\n', ['acme/web', 'on']],
    ['{a: 20, b: true, c: [x]}', ['20', 'true', 'x']],
    ['# projects\na: |\n  text\n', ['text\n']],
  ])('yamldecode() of %j', (yaml, expected) => {
    const expression = 'flatten(values(yamldecode(file("${path.module}/projects.yaml"))))';
    const of = yaml.startsWith('-') ? expression.replace('values', 'tolist') : expression;
    expect(subjectsOf(of, { 'projects.yaml': yaml })).toEqual(expected);
  });

  test.each([
    'on',
    'No',
    '1.0',
    '0777',
    '2026-01-02',
    '1_000',
    '!!str 1',
    '"a',
    '&a [*a]',
    '{<<: {a: 1}}',
  ])(
    'yamldecode() of %j is another thing to Terraform, or may be, and is not evaluated',
    (yaml) => {
      expect(subjectsOf(`[yamldecode(${JSON.stringify(yaml)})]`)).toEqual([
        expect.stringContaining('this program does not evaluate yamldecode() of these arguments'),
      ]);
    },
  );
});

describe('a plan', () => {
  const role = (name: string) => ({
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    unique_id: 'AROA',
    assume_role_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: ARN },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'gitlab.com:sub': SUB } },
      },
    }),
  });
  const planned = (...changes: readonly object[]) =>
    read({
      'plan.json': JSON.stringify({
        format_version: '1.2',
        terraform_version: '1.11.4',
        resource_changes: changes.map((change) => ({
          address: 'aws_iam_role.deploy',
          mode: 'managed',
          type: 'aws_iam_role',
          name: 'deploy',
          change: { after_unknown: {}, ...change },
        })),
      }),
    });
  const names = ({ roles }: Inventory) => roles.map(({ name, key }) => [name, key.account]);

  test('keeps the role that Terraform forgets: it remains in AWS, and so does its trust', () => {
    const inventory = planned({ actions: ['forget'], before: role('deploy'), after: null });
    expect(names(inventory)).toEqual([['deploy', '123456789012']]);
    expect(statements(inventory)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
    expect(inventory.roles[0]?.place.path).toBe('resource_changes[0].change.before');
  });

  test('has both roles where Terraform forgets one and creates another in its place', () => {
    const change = { before: role('deploy'), after: role('deploy-2') };
    const inventory = planned({ actions: ['create', 'forget'], ...change });
    expect(names(inventory).map(([name]) => name)).toEqual(['deploy', 'deploy-2']);
  });

  test('does not have the role that Terraform destroys', () => {
    expect(planned({ actions: ['delete'], before: role('deploy'), after: null }).roles).toEqual([]);
  });
});
