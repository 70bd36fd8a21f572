import { describe, expect, test } from '@jest/globals';
import type { Inventory } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';

const ARN = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';

function read(document: unknown, file = 'main.tf.json'): Inventory {
  return readInventory([{ file, text: JSON.stringify(document), isFound: true }]);
}

const policyOf = (sub: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: ARN },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'gitlab.com:sub': sub } },
    },
  ],
});

const roleOf = (name: string) => ({ name, assume_role_policy: JSON.stringify(policyOf(name)) });

const namesOf = ({ roles }: Inventory) => roles.map(({ name }) => name);
const placesOf = ({ unreadable }: Inventory) => unreadable.map(({ place }) => place.path);

/** What each statement of the only role asks of whom. */
const statementsOf = ({ roles }: Inventory) =>
  roles.flatMap(({ trust }) =>
    trust.statements.map(({ principal, conditions }) => [
      principal.entries.map(({ value }) => value).join(),
      ...conditions.map(({ key, values }) => `${key} ${values.map(({ text }) => text).join()}`),
    ]),
  );

// https://github.com/hashicorp/hcl/blob/main/json/spec.md: a body, and what stands for a label, is an object or a list of them.
describe('a list of objects stands in the place of an object', () => {
  test.each<[where: string, document: unknown]>([
    ['under resource', { resource: [{ aws_iam_role: { a: roleOf('a'), b: roleOf('b') } }] }],
    ['under a type', { resource: { aws_iam_role: [{ a: roleOf('a') }, { b: roleOf('b') }] } }],
    ['under a name', { resource: { aws_iam_role: { a: [roleOf('a')], b: [roleOf('b')] } } }],
    [
      'at the root',
      [
        { resource: { aws_iam_role: { a: roleOf('a') } } },
        { resource: [{ aws_iam_role: [{ b: [roleOf('b')] }] }] },
      ],
    ],
    [
      'under locals',
      {
        locals: [{ a: 'a' }, { b: 'b' }],
        resource: {
          aws_iam_role: {
            a: { ...roleOf('a'), name: '${local.a}' },
            b: { ...roleOf('b'), name: '${local.b}' },
          },
        },
      },
    ],
    [
      'under a variable, and a type whose list is empty has none',
      {
        variable: [{ a: [{ default: 'a' }] }],
        resource: [
          { aws_iam_role: [] },
          { aws_iam_role: { a: { ...roleOf('a'), name: '${var.a}' }, b: roleOf('b') } },
        ],
      },
    ],
  ])('%s', (_, document) => {
    const found = read(document);
    expect([namesOf(found), placesOf(found)]).toEqual([['a', 'b'], []]);
  });

  test('a document that has them is recognized without the name of a file', () => {
    const document = { terraform: [{}], resource: [{ aws_iam_role: { a: roleOf('a') } }] };
    expect(namesOf(read(document, 'stdin'))).toEqual(['a']);
  });

  test('a resource of which there are two is refused, as Terraform does', () => {
    const { unreadable } = read({ resource: { aws_iam_role: { a: [roleOf('a'), roleOf('b')] } } });
    expect(unreadable.map(({ what }) => what)).toEqual([
      'aws_iam_role.a is written twice, which Terraform refuses',
    ]);
  });
});

describe('what is not an object is named, and the rest is read', () => {
  test.each<[where: string, document: object, place: string]>([
    [
      'a role',
      { resource: { aws_iam_role: { a: roleOf('a'), b: 'b' } } },
      'resource.aws_iam_role.b',
    ],
    [
      'a role that is an empty list',
      { resource: { aws_iam_role: { a: roleOf('a'), b: [] } } },
      'resource.aws_iam_role.b',
    ],
    [
      'roles by their names',
      { resource: { aws_iam_role: [{ a: roleOf('a') }, [{ b: roleOf('b') }]] } },
      'resource.aws_iam_role[1]',
    ],
    [
      'resources by their types',
      { resource: [{ aws_iam_role: { a: roleOf('a') } }, 'b'] },
      'resource[1]',
    ],
    [
      'a block inside of a role',
      { resource: { aws_iam_role: { a: roleOf('a'), b: { ...roleOf('b'), inline_policy: [1] } } } },
      'resource.aws_iam_role.b.inline_policy[0]',
    ],
  ])('%s', (_, document, place) => {
    for (const file of ['main.tf.json', 'stdin']) {
      const found = read({ terraform: {}, ...document }, file);
      expect([namesOf(found), placesOf(found)]).toEqual([['a'], [place]]);
    }
  });

  test('a whole body', () => {
    const found = read([{ resource: { aws_iam_role: { a: roleOf('a') } } }, 7]);
    expect([namesOf(found), placesOf(found)]).toEqual([['a'], ['[1]']]);
  });
});

describe('a block inside of a resource', () => {
  const CONDITION = { test: 'StringEquals', variable: 'gitlab.com:sub', values: ['s'] };
  const STATEMENT = {
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: { type: 'Federated', identifiers: [ARN] },
    condition: CONDITION,
  };
  const withDocument = (document: unknown) =>
    read({
      data: { aws_iam_policy_document: { trust: document } },
      resource: {
        aws_iam_role: { a: { assume_role_policy: '${data.aws_iam_policy_document.trust.json}' } },
      },
    });

  test.each<[form: string, document: unknown, statements: number]>([
    ['an object', { statement: STATEMENT }, 1],
    [
      'a list of objects',
      {
        statement: [
          { ...STATEMENT, principals: [STATEMENT.principals], condition: [CONDITION] },
          STATEMENT,
        ],
      },
      2,
    ],
    [
      'made by a dynamic block, in another too',
      {
        dynamic: {
          statement: {
            for_each: ['s'],
            iterator: 'one',
            content: {
              ...STATEMENT,
              condition: null,
              dynamic: [
                {
                  condition: {
                    for_each: ['StringEquals'],
                    content: {
                      ...CONDITION,
                      test: '${condition.value}',
                      values: ['${one.value}'],
                    },
                  },
                },
              ],
            },
          },
        },
      },
      1,
    ],
  ])('is %s', (_, document, count) => {
    const found = withDocument(document);
    expect(placesOf(found)).toEqual([]);
    expect(statementsOf(found)).toEqual(
      Array.from({ length: count }, () => [ARN, 'gitlab.com:sub s']),
    );
  });

  test('that is not an object keeps the policy from being read without it', () => {
    const found = withDocument({ statement: { ...STATEMENT, condition: 'StringEquals' } });
    expect([namesOf(found), placesOf(found)]).toEqual([
      [],
      [
        'resource.aws_iam_role.a.assume_role_policy',
        'data.aws_iam_policy_document.trust.statement.condition',
      ],
    ]);
  });

  test('is an inline policy of a role, or the role has an expression in its place', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const inline = { name: 'own', policy };
    const policiesOf = (value: unknown) =>
      read({
        locals: { all: [inline] },
        resource: { aws_iam_role: { a: { ...roleOf('a'), inline_policy: value } } },
      }).roles.map(({ policies = [] }) => policies.map(({ name }) => name));
    expect([inline, [inline], '${local.all}'].map(policiesOf)).toEqual([
      [['own']],
      [['own']],
      [['own']],
    ]);
  });

  test('of another resource, and an argument of a module, is what it is', () => {
    const found = readInventory([
      {
        file: 'main.tf.json',
        text: JSON.stringify({
          module: { ci: { source: './ci', statement: 'a', condition: [1] } },
        }),
        isFound: true,
      },
      {
        file: 'ci/main.tf.json',
        text: JSON.stringify({
          variable: { statement: {}, condition: {} },
          resource: { aws_iam_role: { a: { ...roleOf('a'), name: '${var.statement}' } } },
        }),
        isFound: true,
      },
    ]);
    expect([namesOf(found), placesOf(found)]).toEqual([['a'], []]);
  });
});
