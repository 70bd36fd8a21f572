import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory, RoleContext } from '../../../src/access/role-context.ts';
import { ANY_ACCOUNT } from '../../../src/iam/arn.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { readInputFiles } from '../../../src/repository/input-files.ts';
import { trust } from './parts-of-inputs.ts';

const CASES = 'test/aws/inputs/cases';

async function read(...inputs: string[]): Promise<Inventory> {
  const texts = await Promise.all(inputs.map((one) => readInputFiles(`${CASES}/${one}`)));
  return readInventory(texts.flat());
}

function fromText(text: string): Inventory {
  return readInventory([{ file: 'input', text, isFound: false }]);
}

const roleOf = (name: string) => ({ RoleName: name, AssumeRolePolicyDocument: trust(name) });
const names = ({ roles }: Inventory) => roles.map(({ key }) => key.name).sort();

const ALL = ['deploy', 'infra-0', 'infra-1', 'team-api', 'team-web'];

describe('the same five roles', () => {
  test.each([
    ['list-roles/input.json', ALL],
    ['dump/input.json', ALL],
    ['state/input.json', ALL],
    ['state-file/input.json', ALL],
    ['get-role/input.json', ['deploy']],
    ['hcl', ALL],
    ['plan/input.json', ['infra-0', 'infra-1', 'team-api', 'team-web']],
  ])('%s', async (input, expected) => {
    expect(names(await read(input))).toEqual(expected);
  });

  test.each(['state/input.json', 'state-file/input.json', 'hcl'])(
    '%s gives the role that the dump gives',
    async (input) => {
      const own = (await read(input)).roles.find(({ key }) => key.name === 'deploy');
      const dumped = (await read('dump/input.json')).roles.find(({ key }) => key.name === 'deploy');
      expect(comparable(own)).toEqual(comparable(dumped));
      expect(comparable(own)).toMatchObject({
        key: { account: '123456789012', name: 'deploy' },
        arn: 'arn:aws:iam::123456789012:role/ci/deploy',
        path: '/ci/',
        boundary: 'arn:aws:iam::123456789012:policy/ci-boundary',
        policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 's3'],
        tags: { Owner: 'platform' },
      });
    },
  );

  test('a first plan computes trust policies from the provider that is still to be created', async () => {
    const planned = await read('plan/input.json');
    const applied = await read('state/input.json');
    for (const role of planned.roles) {
      const other = applied.roles.find(({ label }) => label === role.label);
      expect(role.trust.statements).toEqual(other?.trust.statements);
    }
  });

  test('a trust policy that a first plan does not hold comes from the .tf files beside it', async () => {
    const alone = await read('plan/input.json');
    expect(alone.unreadable.map(({ address }) => address)).toEqual(['aws_iam_role.deploy']);
    const both = await read('plan/input.json', 'hcl/main.tf');
    expect(names(both)).toEqual(ALL);
    expect(both.unreadable.map(({ place }) => [place.line, place.path])).toEqual([
      [77, 'module.ci'],
    ]);
  });
});

/** What every format knows of a role. */
function comparable(role: RoleContext | undefined) {
  const statements = role?.trust.statements;
  const { key, name, arn, path, tags, boundary, policies = [] } = role ?? {};
  const carried = policies.map((one) => one.arn ?? one.name);
  return { key, name, arn, path, tags, statements, boundary: boundary?.arn, policies: carried };
}

test('CloudFormation: functions that the template determines, and the line of what it does not', async () => {
  const { roles, unreadable } = await read('cloudformation/input.yaml');
  expect(roles.map(({ label, trustPlace }) => [label, trustPlace.line])).toEqual([['Deploy', 16]]);
  expect(roles[0]?.policies?.map(({ arn, name }) => arn ?? name)).toEqual([
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    's3',
  ]);
  expect(unreadable.map(({ place, what }) => [place.line, what])).toEqual([
    [30, 'The trust policy of Other cannot be determined: Branch is given at the deployment'],
  ]);
});

test('CloudFormation: what a function makes of a template is not read, whatever else is there', () => {
  const { unreadable } = fromText(`
Resources:
  Queue:
    Type: AWS::SQS::Queue
  'Fn::ForEach::Roles':
    - Name
    - [a, b]
    - 'Role\${Name}': {Type: AWS::IAM::Role}
  'Fn::Transform': {Name: AWS::Include}
`);
  expect(unreadable.map(({ what, place }) => [place.line, what])).toEqual([
    [5, expect.stringContaining('Fn::ForEach')],
    [9, expect.stringContaining('Fn::Transform')],
  ]);
});

describe('shapes', () => {
  test.each<[shape: string, text: string, names: string[]]>([
    ['--query Role', JSON.stringify(roleOf('a')), ['a']],
    ['a list of roles', JSON.stringify([roleOf('a'), roleOf('b')]), ['a', 'b']],
    ['a list of documents', JSON.stringify([trust('a')]), ['input: [0]']],
    ['rows of name and document', JSON.stringify([['a', trust('a')]]), ['a']],
    [
      'rows of ARN and statements',
      JSON.stringify([['arn:aws:iam::123456789012:role/a', trust('a').Statement]]),
      ['a'],
    ],
    [
      'get-role --output yaml',
      `Role:\n  RoleName: a\n  AssumeRolePolicyDocument: ${JSON.stringify(trust('a'))}\n`,
      ['a'],
    ],
    [
      'list-roles --output yaml',
      `Roles:\n- RoleName: a\n  CreateDate: 2024-01-01T00:00:00+00:00\n  AssumeRolePolicyDocument: ${JSON.stringify(trust('a'))}\n`,
      ['a'],
    ],
    ['renamed members', JSON.stringify([{ N: 'a', D: trust('a') }]), ['a']],
    ['JSON lines', `${JSON.stringify(roleOf('a'))}\n${JSON.stringify(roleOf('b'))}\n`, ['a', 'b']],
    ['a statement', JSON.stringify(trust('a').Statement[0]), ['input']],
    ['a list of statements', JSON.stringify(trust('a').Statement), ['input: [0]']],
    ['comments', `// exported\n${JSON.stringify({ Role: roleOf('a') })} /* end */`, ['a']],
    [
      'a percent-encoded document',
      JSON.stringify({
        Role: {
          RoleName: 'a',
          AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust('a'))),
        },
      }),
      ['a'],
    ],
  ])('%s', (_shape, text, expected) => {
    const found = fromText(text);
    expect({ names: names(found), unreadable: found.unreadable }).toEqual({
      names: expected,
      unreadable: [],
    });
  });

  test('policies of an organization are not trust policies', () => {
    const deny = { Effect: 'Deny', Action: 'sts:*', Resource: '*' };
    const kinds = [{ Statement: [deny] }, { Statement: [{ ...deny, Principal: '*' }] }].map(
      (one) =>
        readInventory([{ file: 'scp.json', text: JSON.stringify(one), isFound: true }]).policies[0]
          ?.kind,
    );
    expect(kinds).toEqual(['service-control', 'resource-control']);
  });

  test.each([
    ['scp.json', 'service-control'],
    ['org/SCPs/deny-regions.json', 'service-control'],
    ['deny_scp_1.json', 'service-control'],
    ['ServiceControlPolicies/a.json', 'service-control'],
    ['service-control-policy.json', 'service-control'],
    ['rcp/guard.json', 'service-control'],
    ['policies/deploy.json', 'unknown'],
    ['scpt.json', 'unknown'],
    ['transcp.json', 'unknown'],
    ['-', 'unknown'],
  ] as const)('a policy by itself in %s is %s', (file, kind) => {
    const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    const { policies, roles } = readInventory([{ file, text, isFound: true }]);
    expect([policies.map((one) => one.kind), roles]).toEqual([[kind], []]);
  });

  test('what Organizations says goes before the name of the file', () => {
    const Content = JSON.stringify({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });
    const text = JSON.stringify({
      Policy: { PolicySummary: { Name: 'a', Type: 'SERVICE_CONTROL_POLICY' }, Content },
    });
    expect(readInventory([{ file: 'a.json', text, isFound: true }]).policies[0]?.kind).toBe(
      'service-control',
    );
  });
});

test('a policy without its role is of the account of its provider, and of none where it names two', () => {
  const [own] = trust('project_path:acme/web').Statement;
  const foreign = {
    ...own,
    Principal: { Federated: 'arn:aws:iam::210987654321:oidc-provider/gitlab.com' },
  };
  const accountOf = (...statements: unknown[]) =>
    fromText(JSON.stringify({ Version: '2012-10-17', Statement: statements })).roles.map(
      ({ key }) => key.account,
    );
  expect(accountOf(own)).toEqual(['123456789012']);
  expect(accountOf(own, own)).toEqual(['123456789012']);
  expect(accountOf(own, foreign)).toEqual([ANY_ACCOUNT]);
});

describe('roles of one name in two accounts', () => {
  const HCL = `
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111111111111"]
}
provider "aws" {
  alias               = "prod"
  region              = "us-gov-west-1"
  allowed_account_ids = ["222222222222"]
}
resource "aws_iam_role" "dev" {
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(trust('project_path:acme/dev'))})
}
resource "aws_iam_role" "prod" {
  provider           = aws.prod
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(trust('project_path:acme/prod'))})
}
resource "aws_iam_role" "lost" {
  provider           = aws.elsewhere
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(trust('project_path:acme/lost'))})
}
resource "aws_iam_role_policy_attachment" "prod" {
  provider   = aws.prod
  role       = aws_iam_role.prod.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess"
}`;
  const JSON_SYNTAX = JSON.stringify({
    provider: {
      aws: [
        { region: 'eu-west-1', allowed_account_ids: ['111111111111'] },
        { alias: 'prod', region: 'us-gov-west-1', allowed_account_ids: ['222222222222'] },
      ],
    },
    resource: {
      aws_iam_role: {
        dev: { name: 'deploy', assume_role_policy: JSON.stringify(trust('dev')) },
        prod: {
          provider: 'aws.prod',
          name: 'deploy',
          assume_role_policy: JSON.stringify(trust('prod')),
        },
        lost: {
          provider: '${aws.elsewhere}',
          name: 'deploy',
          assume_role_policy: JSON.stringify(trust('lost')),
        },
      },
      aws_iam_role_policy_attachment: {
        prod: {
          provider: 'aws.prod',
          role: '${aws_iam_role.prod.name}',
          policy_arn: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess',
        },
      },
    },
  });

  test.each([
    ['.tf files', HCL],
    ['JSON of Terraform', JSON_SYNTAX],
  ])('in %s, each is of the account of its AWS provider', (_, text) => {
    const { roles, unreadable } = fromText(text);
    expect(unreadable).toEqual([]);
    const found = roles.map(({ label, key, policies }) => [
      label,
      key.account,
      (policies ?? []).map(({ arn }) => arn),
    ]);
    expect(found).toEqual([
      ['aws_iam_role.dev', '111111111111', []],
      ['aws_iam_role.prod', '222222222222', ['arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess']],
      ['aws_iam_role.lost', ANY_ACCOUNT, []],
    ]);
  });
});

describe('the files of a folder', () => {
  const found = (file: string, text: string) => ({ file, text, isFound: true });

  test('in which nothing is recognized are named', () => {
    const { roles, passedOver, unreadable } = readInventory([
      found('dumps/role.json', JSON.stringify(roleOf('deploy'))),
      found('dumps/package.json', '{"name": "web"}'),
      found('dumps/ci.yml', 'stages: [test]'),
    ]);
    expect(roles).toHaveLength(1);
    expect(passedOver).toEqual(['dumps/package.json', 'dumps/ci.yml']);
    expect(unreadable).toEqual([]);
  });

  test('are Terraform if their name says so, even if they begin with a fault', () => {
    const { unreadable } = readInventory([found('infra/roles.tf', 'resourse "aws_iam_role" {')]);
    expect(unreadable).toMatchObject([{ place: { file: 'infra/roles.tf' } }]);
  });
});

describe('one bad item', () => {
  const text = (bad: string) =>
    `{"Roles": [\n${JSON.stringify(roleOf('a'))},\n${bad},\n${JSON.stringify(roleOf('c'))}\n]}`;

  test.each<[what: string, bad: string]>([
    ['a role without a policy', '{"RoleName": "b"}'],
    ['something else', '7'],
    ['a member twice', '{"RoleName": "b", "RoleName": "c", "AssumeRolePolicyDocument": {}}'],
    ['text that is not JSON', '{"RoleName": b}'],
  ])('%s is reported with its line, and the others are read', (_what, bad) => {
    const { roles, unreadable } = fromText(text(bad));
    expect(roles.map(({ label }) => label)).toEqual(['a', 'c']);
    expect(unreadable.map(({ place }) => place.line)).toEqual([3]);
  });

  test('a part that is cut off is named by its place alone', () => {
    const text = '{ "Roles": [{ "RoleName": "a", "Arn": "arn:aws:iam';
    const { unreadable } = readInventory([{ file: 'dump.json', text, isFound: false }]);
    expect(unreadable.map(({ place: { path }, what }) => ({ path, what }))).toEqual([
      { path: 'Roles[0].Arn', what: 'It is not JSON: it is cut off or broken here' },
    ]);
  });

  test('whatever is cut off, the roles before it are read and the cut is reported', () => {
    const whole = readFileSync(`${CASES}/dump/input.json`, 'utf8');
    const starts = [...whole.matchAll(/^ {12}"RoleName": "([^"]+)"/gm)];
    fc.assert(
      fc.property(fc.nat(whole.trimEnd().length - 1), (length) => {
        const found = fromText(whole.slice(0, length));
        const complete = starts.filter((_, at) => (starts[at + 1]?.index ?? Infinity) < length);
        for (const { 1: name = '' } of complete) expect(names(found)).toContain(name);
        expect(found.unreadable.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    'dump/input.json',
    'plan/input.json',
    'state-file/input.json',
    'cloudformation/input.yaml',
    'hcl/main.tf',
  ])('no mutation of %s throws', (input) => {
    const whole = readFileSync(`${CASES}/${input}`, 'utf8');
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(40),
        fc.string({ maxLength: 5 }),
        (at, length, put) => {
          fromText(whole.slice(0, at) + put + whole.slice(at + length));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a file of a folder that is not JSON', () => {
  const found = (file: string, text: string) => readInventory([{ file, text, isFound: true }]);

  test.each([
    ['tsconfig.json', '{\n  "compilerOptions": {\n    "strict": true,\n  },\n}\n'],
    ['events.jsonl', '{"level":"info"}\n{"level":"in'],
    ['list.yml', '[{a: 1}]\n'],
    ['templates/role.yaml', '{{- if .Values.on }}\nkind: RoleBinding\n{{- end }}\n'],
    ['page.tpl.json', '{% if aws %}'],
  ])('%s is of another tool, and named as such', (file, text) => {
    const { unreadable, passedOver } = found(file, text);
    expect({ unreadable, passedOver }).toEqual({ unreadable: [], passedOver: [file] });
  });

  test.each([
    ['roles.json', '{\n  "Roles": [\n    {'],
    ['roles.jsonl', `${JSON.stringify(roleOf('a'))}\n{"RoleName": "b", "Assu`],
    ['provider.json', '{"Url": "gitlab.com", "ClientIDList": ["'],
    ['plan.json', '{"format_version":"1.2","terraform_version":"1.9.0","planned'],
    ['trust.json', '{"Version": "2012-10-17", "Statement": [{"Eff'],
  ])('%s is cut off, and reported', (file, text) => {
    expect(found(file, text).unreadable).not.toEqual([]);
  });
});
