import { describe, expect, test } from '@jest/globals';
import type { Inventory } from '../../../src/access/role-context.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';

type Values = Readonly<Record<string, unknown>>;

const SUB = 'project_path:acme/web:ref_type:branch:ref:main';
const ARN = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';

function read(...texts: readonly (readonly [file: string, text: string])[]): Inventory {
  return readInventory(texts.map(([file, text]) => ({ file, text, isFound: true })));
}

const fromJson = (template: Values) => read(['stack.json', JSON.stringify(template)]);

function trustOf(federated: unknown, condition: unknown): Values {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition,
      },
    ],
  };
}

const subjectIs = (value: unknown) => ({ StringEquals: { 'gitlab.com:sub': value } });

/** A template with a role that a subject may assume, and what it is made of. */
function withSubject(subject: unknown, more: Values = {}): Inventory {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trustOf(ARN, subjectIs(subject)) },
  };
  return fromJson({ Resources: { Deploy: role }, ...more });
}

const statements = ({ roles }: Inventory) =>
  roles.flatMap(({ trust }) =>
    trust.statements.map(({ principal, conditions }) => [
      principal.entries.map(({ value }) => value).join(),
      ...conditions.map(({ key, values }) => `${key} ${values.map(({ text }) => text).join()}`),
    ]),
  );

const reasons = ({ unreadable }: Inventory) => unreadable.map(({ what }) => what);

describe('a function that the template alone determines', () => {
  const MAPPINGS = { Subjects: { prod: { sub: SUB, refs: ['main', 'next'] } } };

  test.each<[name: string, value: unknown]>([
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Subjects', 'prod', 'sub'] }],
    [
      'Fn::Select of a list in a mapping',
      {
        'Fn::Sub': [
          'project_path:acme/web:ref_type:branch:ref:${Ref}',
          { Ref: { 'Fn::Select': ['0', { 'Fn::FindInMap': ['Subjects', 'prod', 'refs'] }] } },
        ],
      },
    ],
    [
      'Fn::Split',
      {
        'Fn::Join': [
          ':',
          [
            'project_path',
            { 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|acme/web'] }] },
            'ref_type:branch:ref:main',
          ],
        ],
      },
    ],
  ])('%s', (_, value) => {
    const read = withSubject(value, { Mappings: MAPPINGS });
    expect(reasons(read)).toEqual([]);
    expect(statements(read)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
  });

  test.each<[value: unknown, reason: string]>([
    [
      { 'Fn::FindInMap': ['Subjects', { Ref: 'AWS::Region' }, 'sub'] },
      'AWS::Region is given at the deployment',
    ],
    [
      { 'Fn::FindInMap': ['Subjects', 'test', 'sub'] },
      'the mapping Subjects.test.sub is not in the template',
    ],
    [{ 'Fn::Select': [3, ['a']] }, 'Fn::Select selects nothing'],
    [{ 'Fn::Select': [0, { Ref: 'Names' }] }, 'Names is given at the deployment'],
    [{ 'Fn::Split': [',', { Ref: 'Names' }] }, 'Names is given at the deployment'],
    [{ 'Fn::If': ['IsProd', SUB, 'other'] }, 'the condition IsProd is decided at the deployment'],
    ['{{resolve:ssm:/gitlab/sub}}', '{{resolve:ssm:…}} is put in at the deployment'],
    [
      { 'Fn::Sub': 'project_path:{{resolve:secretsmanager:gitlab}}:*' },
      '{{resolve:secretsmanager:…}} is put in at the deployment',
    ],
  ])('%j is not, and the reason is named', (value, reason) => {
    expect(reasons(withSubject(value, { Mappings: MAPPINGS }))).toEqual([
      `The trust policy of Deploy cannot be determined: ${reason}`,
    ]);
  });

  test('Fn::GetAtt may be one text in YAML', () => {
    const { roles, unreadable } = read([
      'stack.yaml',
      `Resources:
  Gitlab: {Type: AWS::IAM::OIDCProvider, Properties: {Url: https://gitlab.com}}
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: {Federated: {Fn::GetAtt: Gitlab.Arn}}
`,
    ]);
    expect(unreadable).toEqual([]);
    expect(roles[0]?.trust.statements[0]?.principal.entries[0]?.value).toBe(ARN);
  });
});

describe('a parameter', () => {
  const PARAMETERS = {
    Branch: { Type: 'String', Default: 'main', AllowedValues: ['main', 'next'] },
    Id: { Type: 'Number', Default: 42 },
    Subjects: { Type: 'CommaDelimitedList', Default: `${SUB}, other` },
    Empty: { Type: 'String', Default: '' },
    Open: { Type: 'String' },
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html:
    // its default is the name of a value that Systems Manager holds.
    Held: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/gitlab/sub' },
  };

  test.each<[use: string, value: unknown, text: string, names: string[]]>([
    ['Ref', { Ref: 'Branch' }, 'main', ['Branch']],
    ['Ref of a number', { Ref: 'Id' }, '42', ['Id']],
    ['Ref of a list', { Ref: 'Subjects' }, `${SUB},other`, ['Subjects']],
    ['Ref of an empty text', { 'Fn::Sub': 'a${Empty}' }, 'a', ['Empty']],
    ['Fn::Sub', { 'Fn::Sub': '${Branch} ${Id}' }, 'main 42', ['Branch', 'Id']],
    ['Fn::Join', { 'Fn::Join': [':', ['ref', { Ref: 'Branch' }]] }, 'ref:main', ['Branch']],
    ['Fn::Select', { 'Fn::Select': [1, { Ref: 'Subjects' }] }, 'other', ['Subjects']],
  ])('has its default in %s, and a note names it', (_, value, text, names) => {
    const found = withSubject(value, { Parameters: PARAMETERS });
    expect(reasons(found)).toEqual([]);
    expect(statements(found)).toEqual([[ARN, `gitlab.com:sub ${text}`]]);
    expect(found.assumed).toEqual(names.map((name) => `parameter ${name} of stack.json`));
  });

  test.each(['Open', 'Held', 'Missing'])('%s has no value before the deployment', (name) => {
    const found = withSubject({ Ref: name }, { Parameters: PARAMETERS });
    expect(reasons(found)).toEqual([
      `The trust policy of Deploy cannot be determined: ${name} is given at the deployment`,
    ]);
    expect(found.assumed).toEqual([]);
  });
});

describe('what may hold policies of a role is read, or named', () => {
  const POLICY = {
    PolicyName: 'own',
    PolicyDocument: { Version: '2012-10-17', Statement: [] },
  };
  const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const either = { 'Fn::If': ['IsProd', [POLICY], { Ref: 'AWS::NoValue' }] };
  const why = 'the condition IsProd is decided at the deployment';

  /** The policies of a role, and what is reported with its place. */
  function policiesOf(properties: Values, others: Values = {}): unknown {
    const trust = { AssumeRolePolicyDocument: trustOf(ARN, subjectIs(SUB)) };
    const found = fromJson({
      Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'deploy, other' } },
      Resources: {
        Deploy: {
          Type: 'AWS::IAM::Role',
          Properties: { RoleName: 'deploy', ...trust, ...properties },
        },
        ...others,
      },
    });
    return {
      policies: found.roles[0]?.policies?.map(({ arn, name }) => arn ?? name),
      reported: found.unreadable.map(({ place, what }) => `${place.path}: ${what}`),
    };
  }

  const AT = 'Resources.Deploy.Properties';
  test.each<[what: string, properties: Values, policies: string[], reported: string[]]>([
    [
      'inline policies under a condition',
      { Policies: either },
      [],
      [`${AT}.Policies: A policy of Deploy cannot be determined: ${why}`],
    ],
    [
      'an object in the place of the inline policies',
      { Policies: POLICY },
      [],
      [`${AT}.Policies: This is not a list`],
    ],
    [
      'a text among the inline policies',
      { Policies: ['own', POLICY] },
      ['own'],
      [`${AT}.Policies[0]: This is not a policy`],
    ],
    [
      'a text in the place of the managed policies',
      { ManagedPolicyArns: ADMIN },
      [],
      [`${AT}.ManagedPolicyArns: This is not a list`],
    ],
  ])('%s', (_, properties, policies, reported) => {
    expect(policiesOf(properties)).toEqual({ policies, reported });
  });

  const withRoles = (roles: unknown) =>
    policiesOf(
      {},
      { Beside: { Type: 'AWS::IAM::Policy', Properties: { ...POLICY, Roles: roles } } },
    );

  test('a policy beside the roles has those of a list that a function gives', () => {
    expect(withRoles({ 'Fn::Split': [',', 'deploy'] })).toEqual({
      policies: ['own'],
      reported: [],
    });
  });

  test.each([
    [{ 'Fn::If': ['IsProd', ['deploy'], []] }, `The role of Beside cannot be determined: ${why}`],
    ['deploy', 'This is not a list'],
  ])('a policy beside the roles has none of %j, and that is named', (roles, what) => {
    expect(withRoles(roles)).toEqual({
      policies: [],
      reported: [`Resources.Beside.Properties.Roles: ${what}`],
    });
  });
});

describe('the AWS CDK', () => {
  const PROVIDER = {
    Type: 'Custom::AWSCDKOpenIdConnectProvider',
    Properties: { Url: 'https://gitlab.com', ClientIDList: ['sts.amazonaws.com'] },
  };
  const deploy = (condition: unknown) => ({
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trustOf({ Ref: 'Provider' }, condition) },
  });

  test('its provider is one, and a reference to it is its ARN', () => {
    const read = fromJson({ Resources: { Provider: PROVIDER, Deploy: deploy(subjectIs(SUB)) } });
    expect(reasons(read)).toEqual([]);
    expect(statements(read)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
    expect(read.roles[0]?.providers).toMatchObject([
      { arn: ARN, url: 'https://gitlab.com', clientIds: ['sts.amazonaws.com'] },
    ]);
  });

  test('conditions whose keys are made at the deployment are read', () => {
    const issuer = { 'Fn::Select': [1, { 'Fn::Split': [':oidc-provider/', { Ref: 'Provider' }] }] };
    const json = {
      Type: 'Custom::AWSCDKCfnJson',
      Properties: { Value: { 'Fn::Join': ['', ['{"', issuer, `:sub":"${SUB}"}`]] } },
    };
    const condition = { StringEquals: { 'Fn::GetAtt': ['Json', 'Value'] } };
    const read = fromJson({
      Resources: { Provider: PROVIDER, Json: json, Deploy: deploy(condition) },
    });
    expect(reasons(read)).toEqual([]);
    expect(statements(read)).toEqual([[ARN, `gitlab.com:sub ${SUB}`]]);
  });

  test('a nested stack is complete with its template, and named without', () => {
    const nested = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3/', { Ref: 'Bucket' }]] } },
      Metadata: { 'aws:asset:path': 'Nested.template.json' },
    };
    const outer = [
      'cdk.out/App.template.json',
      JSON.stringify({ Resources: { Nested: nested } }),
    ] as const;
    const inner = [
      'cdk.out/Nested.template.json',
      JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
    ] as const;
    expect(reasons(read(outer))).toEqual([
      'Resources of Nested cannot be determined: they are in another template',
    ]);
    expect(reasons(read(outer, inner))).toEqual([]);
  });
});

test.each<[type: string, properties: Values]>([
  ['AWS::CloudFormation::Stack', { TemplateURL: 'https://s3.amazonaws.com/b/roles.yaml' }],
  ['AWS::CloudFormation::StackSet', { TemplateBody: 'Resources: {}' }],
  ['AWS::Serverless::Application', { Location: { ApplicationId: 'a', SemanticVersion: '1.0.0' } }],
  ['Acme::Gitlab::Role::MODULE', {}],
])('what %s makes is not known, and named with its line', (type, properties) => {
  const text = JSON.stringify({ Resources: { Other: { Type: type, Properties: properties } } });
  const { unreadable } = read(['stack.json', text]);
  expect(unreadable.map(({ place, what }) => [place.file, place.path, place.line, what])).toEqual([
    [
      'stack.json',
      'Resources.Other',
      1,
      'Resources of Other cannot be determined: they are in another template',
    ],
  ]);
});

test('a local template of a nested stack is complete where it is read too', () => {
  const outer = [
    'infra/stack.yaml',
    'Resources:\n  Roles:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: ./roles.yaml}\n',
  ] as const;
  const inner = ['infra/roles.yaml', 'Resources:\n  Queue: {Type: AWS::SQS::Queue}\n'] as const;
  expect(reasons(read(outer))).toHaveLength(1);
  expect(reasons(read(outer, inner))).toEqual([]);
});

test('the partition is that of the ARNs of the template', () => {
  const federated = {
    'Fn::Sub': 'arn:${AWS::Partition}:iam::123456789012:oidc-provider/gitlab.com',
  };
  const federatedIn = (arn: string) => {
    const trust = { AssumeRolePolicyDocument: trustOf(federated, subjectIs(SUB)) };
    const Properties = { ...trust, ManagedPolicyArns: [arn] };
    const Resources = { Deploy: { Type: 'AWS::IAM::Role', Properties } };
    return JSON.stringify(statements(fromJson({ Resources })));
  };
  const readOnly = (partition: string) => `arn:${partition}:iam::aws:policy/ReadOnlyAccess`;
  expect(federatedIn(readOnly('aws-us-gov'))).toContain('arn:aws-us-gov:iam::123456789012:oidc');
  expect(federatedIn(readOnly('aws-cn'))).toContain('arn:aws-cn:iam::123456789012:oidc');
  expect(federatedIn(readOnly('aws'))).toContain('arn:aws:iam::123456789012:oidc');
});
