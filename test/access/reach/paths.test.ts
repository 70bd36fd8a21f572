import { describe, expect, test } from '@jest/globals';
import { openEverywhere, openPaths } from '../../../src/access/reach/escalations.ts';
import { organizationRules } from '../../../src/access/reach/organization.ts';
import { policiesOf } from '../../../src/access/reach/policies.ts';
import { reachOf } from '../../../src/access/reach/reach.ts';
import { MAYBE, NO, YES } from '../../../src/access/reach/value.ts';
import { PATHS } from '../../../src/iam/escalation/paths.ts';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { allow, ID, policiesWith } from './given-policies.ts';

const trust = { version: '2012-10-17', statements: [], size: 0 } as const;
const SELF = `arn:aws:iam::${ID}:role/r`;
const condition = { Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } };
const passing = (service: string) =>
  allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': service } } });

/** The paths that are open: how sure each is, what else than passing a role it needs, the role itself, and everything. */
function open(...statements: object[]) {
  const role = {
    key: { account: ID, name: 'r' },
    label: 'r',
    place: { file: 'a', path: '' },
    trustPlace: { file: 'a', path: '' },
    providers: [],
    trust,
    arn: SELF,
    policies: [{ name: 'own', document: { Version: '2012-10-17', Statement: statements } }],
  };
  return openPaths(role, policiesOf(role, organizationRules([]))).map(
    ({ path, value, rest, onItself, leads }) => ({ id: path.id, value, rest, onItself, leads }),
  );
}

describe('a path', () => {
  test('through a service is as sure as the least sure of its actions', () => {
    const found = (pass: object, create: object) =>
      open(allow('iam:PassRole', '*', pass), allow('lambda:CreateFunction', '*', create));
    const path = { id: 'pass-role-lambda', onItself: NO };
    expect(found({}, {})).toEqual([{ ...path, value: YES, rest: YES, leads: YES }]);
    expect(found({}, condition)).toEqual([{ ...path, value: MAYBE, rest: MAYBE, leads: MAYBE }]);
    expect(found(condition, {})).toEqual([{ ...path, value: MAYBE, rest: YES, leads: MAYBE }]);
  });

  test('through a service is as sure as the least sure of several', () => {
    const [path] = open(
      allow(['iam:PassRole', 'ecs:RunTask']),
      allow('ecs:RegisterTaskDefinition', '*', condition),
    );
    expect(path).toMatchObject({ id: 'pass-role-ecs-task', value: MAYBE, rest: MAYBE });
  });

  test('leads through the service to which roles may be passed, and no other', () => {
    const statements = [passing('ec2.amazonaws.com'), allow(['ec2:RunInstances', 'lambda:*'])];
    const passed = open(...statements).filter(({ id }) => id.startsWith('pass-role'));
    expect(passed.map(({ id }) => id)).toEqual(['pass-role-ec2']);
  });

  test('that replaces code runs as a role that is not known, and so leads nowhere by itself', () => {
    expect(open(allow('lambda:UpdateFunctionCode'))).toEqual([
      { id: 'update-function-code', value: YES, rest: YES, onItself: NO, leads: NO },
    ]);
  });

  test('that makes keys of a user has nothing to do with the role itself', () => {
    expect(open(allow('iam:CreateAccessKey'))).toEqual([
      { id: 'create-access-key', value: YES, rest: YES, onItself: NO, leads: YES },
    ]);
  });

  test('that writes policies of the role itself leads everywhere, of another one nowhere', () => {
    const one = { id: 'put-role-policy', value: YES, rest: YES };
    expect(open(allow('iam:PutRolePolicy', SELF))).toEqual([{ ...one, onItself: YES, leads: YES }]);
    expect(open(allow('iam:PutRolePolicy', `${SELF}2`))).toEqual([
      { ...one, onItself: NO, leads: NO },
    ]);
  });

  test('that is about users is not about a role, whatever it is called', () => {
    const [path] = open(allow('iam:PutUserPolicy', ['*', SELF]));
    expect(path).toMatchObject({ id: 'put-user-policy', onItself: NO });
  });

  test('needs each of its actions', () => {
    expect(open(allow('lambda:CreateFunction'))).toEqual([]);
    expect(open(allow('iam:PassRole'), allow('ecs:RunTask'))).toEqual([]);
  });
});

describe('everywhere', () => {
  const pathOf = (id: string) => {
    const found = PATHS.find((one) => one.id === id);
    if (!found) throw new Error(id);
    return found;
  };
  const everywhere = (id: string, statements: object[], granting = statements) =>
    openEverywhere(
      policiesWith({ statements }),
      pathOf(id),
      policiesWith({ statements: granting }),
    );

  test('a path is open by what grants its first action, and by all policies for the rest', () => {
    const all = [allow(['iam:PassRole', 'lambda:CreateFunction'])];
    expect(everywhere('pass-role-lambda', all)).toBe(YES);
    expect(everywhere('pass-role-lambda', all, [allow('iam:PassRole')])).toBe(YES);
    expect(everywhere('pass-role-lambda', all, [allow('lambda:CreateFunction')])).toBe(NO);
    expect(everywhere('pass-role-lambda', [allow('iam:PassRole')])).toBe(NO);
  });

  test('a path that is not about IAM is open where its action reaches everything', () => {
    const code = (resource: string) => [allow('lambda:UpdateFunctionCode', resource)];
    expect(everywhere('update-function-code', code('*'))).toBe(YES);
    expect(everywhere('update-function-code', code('arn:aws:lambda:*:*:function:web-*'))).toBe(NO);
  });
});

describe('a role is of the partition of', () => {
  const federated = (partition: string) => {
    const parsed = parsePolicy({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:${partition}:iam::${ID}:oidc-provider/gitlab.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
        },
      ],
    });
    if (!parsed.ok) throw new Error('not a policy');
    return parsed.policy;
  };
  const document = { Statement: allow('s3:GetObject', 'arn:aws-cn:s3:::b/*') };
  const reached = (role: object) =>
    reachOf(
      policiesOf(
        { key: { account: ID, name: 'r' }, trust, policies: [{ document }], ...role },
        organizationRules([]),
      ),
      's3:GetObject',
    ).length;

  test.each([
    ['its ARN', { arn: `arn:aws-cn:iam::${ID}:role/r` }, 1],
    ['its ARN, before that of a provider', { arn: SELF, trust: federated('aws-cn') }, 0],
    ['the provider that it trusts', { trust: federated('aws-cn') }, 1],
    ['most roles, where nothing says it', {}, 0],
  ])('%s', (_, role, count) => {
    expect(reached(role)).toBe(count);
  });
});

describe('a role is in the account of', () => {
  const account = (key: string, arn?: string) =>
    policiesOf(
      { key: { account: key, name: 'r' }, trust, ...(arn !== undefined && { arn }) },
      organizationRules([]),
    ).account;

  test.each([
    ['its ARN', '*', SELF, ID],
    ['its key', ID, undefined, ID],
    ['nobody, where the key is a name', 'production', undefined, '*'],
    ['nobody, where the key is longer than an account ID', `${ID}2`, undefined, '*'],
    ['nobody, where the key holds an account ID', `a${ID}`, undefined, '*'],
  ])('%s', (_, key, arn, expected) => {
    expect(account(key, arn)).toBe(expected);
  });
});
