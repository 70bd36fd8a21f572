import { describe, expect, test } from '@jest/globals';
import { openPaths } from '../../../src/access/reach/escalations.ts';
import { organizationRules } from '../../../src/access/reach/organization.ts';
import { policiesOf } from '../../../src/access/reach/policies.ts';
import { reachOfRole } from '../../../src/audit/reach/powers.ts';
import { readInventory } from '../../../src/aws/inputs/read-inputs.ts';
import { accountDetails, policyArn, roleArn, type RoleSpec } from '../estate/dump.ts';
import { ADMINISTRATOR, allow, deny, service } from '../estate/statements.ts';

const ID = '111111111111';
const BOUNDARY = policyArn(ID, 'boundary');

interface Given extends Partial<RoleSpec> {
  readonly limit?: readonly object[];
  readonly scps?: readonly (readonly object[])[];
  readonly rcps?: readonly (readonly object[])[];
}

function roleOf({ limit, ...spec }: Given) {
  const role = {
    name: 'r',
    trust: [service('lambda')],
    ...spec,
    ...(limit && { boundary: BOUNDARY }),
  };
  const policies = limit ? { boundary: limit } : {};
  const text = accountDetails({ id: ID, roles: [role], providers: [], policies });
  const [read] = readInventory([{ file: 'd.json', text, isFound: false }]).roles;
  if (!read) throw new Error('no role');
  return read;
}

function rulesOf({ scps = [], rcps = [] }: Given) {
  const policy =
    (kind: 'service-control' | 'resource-control') => (statements: readonly object[]) => ({
      kind,
      document: { Version: '2012-10-17', Statement: statements },
      place: { file: 'p.json', path: '' },
    });
  return organizationRules([
    ...scps.map(policy('service-control')),
    ...rcps.map(policy('resource-control')),
  ]);
}

/** What a role may do, in words. */
function powers(given: Given): string[] {
  const role = roleOf(given);
  return reachOfRole(role, policiesOf(role, rulesOf(given)), true).powers.map(({ text }) => text);
}

/** The paths that lead to everything, with how sure that is from 1 to 3. */
function leading(given: Given): string[] {
  const role = roleOf(given);
  return openPaths(role, policiesOf(role, rulesOf(given)))
    .filter(({ leads }) => leads > 0)
    .map(({ path, leads }) => `${path.id} ${leads}`);
}

const GET = 's3:GetObject';

describe('data', () => {
  test.each<[string, Given, string[]]>([
    ['every object', { permissions: [allow(GET)] }, ['read S3 (all)']],
    ['a named bucket', { permissions: [allow(GET, 'arn:aws:s3:::b/*')] }, ['read S3 (named)']],
    [
      'buckets by a pattern',
      { permissions: [allow(GET, 'arn:aws:s3:::b-*/*')] },
      ['read S3 (by a pattern)'],
    ],
    ['a bucket instead of its objects', { permissions: [allow(GET, 'arn:aws:s3:::b')] }, []],
    ['what another service is called', { permissions: [allow(GET, 'arn:aws:sqs:*:*:*')] }, []],
    [
      'NotAction',
      {
        permissions: [
          { Effect: 'Allow', NotAction: ['iam:*', 's3:P*'], Resource: 'arn:aws:s3:::b/key' },
        ],
      },
      ['read S3 (named)', 'write S3 (named)'],
    ],
    [
      'NotResource',
      { permissions: [{ Effect: 'Allow', Action: GET, NotResource: 'arn:aws:s3:::b/*' }] },
      ['read S3 (all)'],
    ],
    ['an action of another service only', { permissions: [allow('s3:ListBucket')] }, []],
    [
      'a condition of the request',
      { permissions: [allow(GET, '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })] },
      ['read S3 (all), under a condition'],
    ],
    [
      'a condition that the role meets',
      { permissions: [allow(GET, '*', { ArnLike: { 'aws:PrincipalArn': roleArn(ID, '*') } })] },
      ['read S3 (all)'],
    ],
    [
      'a condition that the role does not meet',
      { permissions: [allow(GET, '*', { StringEquals: { 'aws:PrincipalAccount': '9' } })] },
      [],
    ],
    [
      'a tag of the role in the resource',
      {
        permissions: [allow(GET, 'arn:aws:s3:::b-${aws:PrincipalTag/team}/*')],
        tags: { team: 'web' },
      },
      ['read S3 (named)'],
    ],
    [
      'a variable that the request decides',
      { permissions: [allow(GET, 'arn:aws:s3:::b-${aws:SourceVpc}/*')] },
      ['read S3 (by a pattern), under a condition'],
    ],
    [
      'a key, whose own policy decides',
      { permissions: [allow('kms:Decrypt')] },
      ['read KMS keys (all), which cannot be determined from the input'],
    ],
  ])('%s', (_, given, expected) => {
    expect(powers(given)).toEqual(expected);
  });
});

describe('what takes away', () => {
  const every = { permissions: [allow(GET)] };
  test.each<[string, Given, string[]]>([
    ['a Deny of all', { permissions: [allow(GET), deny('s3:*')] }, []],
    [
      'a Deny of one bucket',
      { permissions: [allow(GET), deny(GET, 'arn:aws:s3:::secret/*')] },
      ['read S3 (all)'],
    ],
    [
      'a Deny of all but one bucket',
      {
        permissions: [
          allow(GET),
          { Effect: 'Deny', Action: GET, NotResource: 'arn:aws:s3:::mine/*' },
        ],
      },
      ['read S3 (named)'],
    ],
    [
      'a Deny under a condition',
      { permissions: [allow(GET), deny(GET, '*', { Bool: { 'aws:ViaAWSService': 'false' } })] },
      ['read S3 (all), under a condition'],
    ],
    [
      'a Deny for all but this role',
      {
        permissions: [
          allow(GET),
          deny(GET, '*', { ArnNotLike: { 'aws:PrincipalArn': roleArn(ID, 'r') } }),
        ],
      },
      ['read S3 (all)'],
    ],
    [
      'a boundary that allows a bucket',
      { ...every, limit: [allow('s3:*', 'arn:aws:s3:::mine/*')] },
      ['read S3 (named)'],
    ],
    [
      'a boundary and a pattern that overlap',
      {
        permissions: [allow(GET, 'arn:aws:s3:::team-*')],
        limit: [allow(GET, 'arn:aws:s3:::*-prod/*')],
      },
      ['read S3 (by a pattern)'],
    ],
    ['a boundary of something else', { ...every, limit: [allow('ec2:*')] }, []],
    ['an SCP that only denies', { ...every, scps: [[deny('s3:*')]] }, []],
    ['an SCP that denies something else', { ...every, scps: [[deny('ec2:*')]] }, ['read S3 (all)']],
    [
      'SCPs of which one allows it',
      { ...every, scps: [[allow('*')], [allow('ec2:*')]] },
      ['read S3 (all), which cannot be determined from the input'],
    ],
    [
      'SCPs that all allow it',
      { ...every, scps: [[allow('*')], [allow('s3:*')]] },
      ['read S3 (all)'],
    ],
    ['an RCP that denies it', { ...every, rcps: [[{ ...deny('s3:*'), Principal: '*' }]] }, []],
    [
      'an RCP for strangers',
      {
        ...every,
        rcps: [
          [
            {
              ...deny('s3:*', '*', { StringNotEquals: { 'aws:PrincipalAccount': ID } }),
              Principal: '*',
            },
          ],
        ],
      },
      ['read S3 (all)'],
    ],
  ])('%s', (_, given, expected) => {
    expect(powers(given)).toEqual(expected);
  });
});

describe('administrators', () => {
  test('AdministratorAccess is one, and nothing else has to be listed', () => {
    expect(powers({ managed: [ADMINISTRATOR] })).toEqual(['administrator']);
  });

  test('under a boundary that leaves out IAM, it is not', () => {
    const limit = [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }];
    expect(powers({ managed: [ADMINISTRATOR], limit })).not.toContain('administrator');
  });

  test('under a condition of the request, it is one under a condition', () => {
    const condition = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
    expect(powers({ permissions: [allow('*', '*', condition)] })).toContain(
      'administrator, under a condition',
    );
  });

  test('a boundary whose document is not in the input leaves it open', () => {
    expect(powers({ managed: [ADMINISTRATOR], boundary: policyArn(ID, 'unknown') })).toContain(
      'administrator, which cannot be determined from the input',
    );
  });
});

describe('paths to everything', () => {
  const self = roleArn(ID, 'r');
  test.each<[string, Given, string[]]>([
    [
      'a policy of every role',
      { permissions: [allow('iam:PutRolePolicy')] },
      ['put-role-policy 3'],
    ],
    [
      'a policy of the role itself',
      { permissions: [allow('iam:AttachRolePolicy', self)] },
      ['attach-role-policy 3'],
    ],
    [
      'a policy of another role',
      { permissions: [allow('iam:PutRolePolicy', roleArn(ID, 'other'))] },
      [],
    ],
    [
      'a version of a policy that the role carries',
      {
        permissions: [allow('iam:CreatePolicyVersion', policyArn(ID, 'mine'))],
        managed: [policyArn(ID, 'mine')],
      },
      ['create-policy-version 3'],
    ],
    [
      'under a condition',
      {
        permissions: [
          allow('iam:PutRolePolicy', '*', { StringEquals: { 'iam:PermissionsBoundary': 'x' } }),
        ],
      },
      ['put-role-policy 2'],
    ],
    [
      'its boundary, which it can lift',
      { permissions: [allow('iam:DeleteRolePermissionsBoundary')], limit: [allow('*')] },
      ['delete-role-permissions-boundary 3'],
    ],
    [
      'a boundary, where it has none',
      { permissions: [allow('iam:DeleteRolePermissionsBoundary')] },
      [],
    ],
    [
      'passing any role to Lambda',
      { permissions: [allow(['iam:PassRole', 'lambda:CreateFunction'])] },
      ['pass-role-lambda 3'],
    ],
    [
      'passing any role to another service',
      {
        permissions: [
          allow('iam:PassRole', '*', {
            StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
          }),
          allow('lambda:CreateFunction'),
        ],
      },
      [],
    ],
    ['half of a path', { permissions: [allow('iam:PassRole')] }, []],
    [
      'sure for one role, open for all',
      {
        permissions: [
          allow('iam:PutRolePolicy', roleArn(ID, 'other')),
          allow('iam:PutRolePolicy', '*', { Bool: { 'aws:ViaAWSService': 'true' } }),
        ],
      },
      ['put-role-policy 2'],
    ],
  ])('%s', (_, given, expected) => {
    expect(leading(given)).toEqual(expected);
  });
});
