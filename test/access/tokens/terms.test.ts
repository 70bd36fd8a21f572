import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../../src/access/access-of.ts';
import { covers, isEmpty } from '../../../src/access/questions.ts';
import { GITLAB_COM, OWN_HOST, read } from '../near-policies.ts';

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

function trust(condition: unknown, more: object = {}, version = '2012-10-17') {
  return {
    policy: read({
      Version: version,
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: GITLAB_COM },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition,
        ...more,
      },
    }),
  };
}

const main = { 'ForAnyValue:StringEquals': { 'gitlab.com:sub': MAIN } };
const plain = trust(main);
const also = (operator: string, key: string, value: unknown) =>
  trust({ ...main, [operator]: { [key]: value } });

/** What a condition does to a role for one branch. */
function effectOf(operator: string, key: string, value: unknown): string {
  const { grants, undetermined } = accessOf(also(operator, key, value));
  if (undetermined.length > 0) return 'left open';
  if (grants.length === 0) return 'nobody';
  return covers(also(operator, key, value), plain).holds === 'yes' ? 'as before' : 'fewer';
}

describe('a condition on the subject that does not compare texts', () => {
  test.each([
    ['ArnLike', MAIN, 'nobody'],
    ['ArnNotLike', MAIN, 'as before'],
    ['NumericEquals', '20', 'nobody'],
    ['NumericNotEquals', '20', 'as before'],
    ['DateLessThan', '2026-01-01', 'nobody'],
    ['Bool', 'true', 'nobody'],
    ['IpAddress', '10.0.0.0/8', 'nobody'],
    ['NotIpAddress', '10.0.0.0/8', 'as before'],
    ['BinaryEquals', 'AA==', 'nobody'],
    ['Null', 'true', 'nobody'],
    ['Null', 'false', 'as before'],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(effectOf(operator, 'gitlab.com:sub', value)).toBe(expected);
  });
});

describe('a condition on what the subject is not', () => {
  test.each([
    ['StringNotEquals', MAIN, 'nobody'],
    ['StringNotLike', 'project_path:acme/*', 'nobody'],
    ['StringNotEquals', 'project_path:acme/api:ref_type:branch:ref:main', 'as before'],
    ['StringNotEqualsIgnoreCase', MAIN.toUpperCase(), 'nobody'],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(effectOf(operator, 'gitlab.com:sub', value)).toBe(expected);
  });

  test('leaves every other subject', () => {
    const others = trust({ StringNotEquals: { 'gitlab.com:sub': MAIN } });
    const all = trust({});
    expect(covers(all, others)).toEqual({ holds: 'yes' });
    expect(covers(others, all)).toMatchObject({ holds: 'no', witness: { claims: { sub: MAIN } } });
  });
});

describe('a condition on an id', () => {
  test.each([
    ['NumericEquals', '20', 'fewer'],
    ['NumericGreaterThanEquals', '0', 'as before'],
    ['NumericLessThan', '1', 'nobody'],
    ['NumericEquals', '20.5', 'left open'],
    ['Null', 'false', 'as before'],
    ['Null', 'true', 'nobody'],
    ['Bool', 'true', 'nobody'],
    ['ArnLike', '*', 'nobody'],
    ['IpAddress', '10.0.0.0/8', 'nobody'],
    ['NotIpAddress', '10.0.0.0/8', 'as before'],
    // Digits may be seconds, and may be base64.
    ['DateLessThan', '2026-01-01T00:00:00Z', 'left open'],
    ['BinaryEquals', '2000', 'left open'],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(effectOf(operator, 'gitlab.com:project_id', value)).toBe(expected);
  });
});

describe('a condition on a claim of listed values', () => {
  test.each([
    ['Bool', 'true', 'fewer'],
    ['StringLike', '*', 'as before'],
    ['StringEquals', 'maybe', 'nobody'],
    ['NumericEquals', '1', 'nobody'],
    ['DateLessThan', '2026-01-01T00:00:00Z', 'nobody'],
    ['ArnNotLike', 'x', 'as before'],
    ['Null', 'false', 'as before'],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(effectOf(operator, 'gitlab.com:ref_protected', value)).toBe(expected);
  });
});

describe('a condition on a name', () => {
  test.each([
    ['StringEquals', 'ann', 'fewer'],
    ['Null', 'true', 'nobody'],
    ['NumericEquals', '20', 'left open'],
    ['Bool', 'true', 'left open'],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(effectOf(operator, 'gitlab.com:user_login', value)).toBe(expected);
  });
});

describe('a condition on a key that no token has', () => {
  test.each([
    ['StringEquals', 'gitlab.com:ref', 'main', 'nobody'],
    ['StringEqualsIfExists', 'gitlab.com:ref', 'main', 'as before'],
    ['StringNotEquals', 'gitlab.com:ref', 'main', 'as before'],
    ['ForAllValues:StringEquals', 'gitlab.com:ref', 'main', 'as before'],
    ['ForAnyValue:StringEquals', 'gitlab.com:ref', 'main', 'nobody'],
    ['Null', 'gitlab.com:ref', 'true', 'as before'],
    ['Null', 'gitlab.com:ref', 'false', 'nobody'],
    ['StringEquals', 'gitlab.example.com:sub', MAIN, 'nobody'],
    ['StringEqualsIfExists', 'sts:ExternalId', 'x', 'as before'],
    ['StringEquals', 'saml:aud', 'x', 'nobody'],
  ])('%s %s %s: %s', (operator, key, value, expected) => {
    expect(effectOf(operator, key, value)).toBe(expected);
  });

  test('has a letter case that does not matter', () => {
    expect(effectOf('StringEquals', 'GitLab.com:Project_ID', '20')).toBe('fewer');
    expect(effectOf('StringEquals', 'GITLAB.COM:sub', 'nobody')).toBe('nobody');
  });
});

describe('a variable', () => {
  test('that no request has matches nothing', () => {
    expect(effectOf('StringEquals', 'gitlab.com:user_login', '${aws:username}')).toBe('nobody');
    expect(effectOf('StringNotEquals', 'gitlab.com:user_login', '${aws:username}')).toBe(
      'as before',
    );
  });

  test('that the request fills leaves open who may assume the role', () => {
    expect(effectOf('StringEquals', 'gitlab.com:user_login', '${aws:Via}')).toBe('left open');
    expect(effectOf('StringLike', 'gitlab.com:sub', 'project_path:${aws:Via}')).toBe('left open');
    expect(effectOf('StringEquals', 'aws:Via', '${aws:SourceIp}')).toBe('left open');
    expect(effectOf('StringEquals', 'gitlab.com:user_login', '${gitlab.com:user_id}')).toBe(
      'left open',
    );
  });

  test('is a plain text under the old version', () => {
    const old = trust({ StringLike: { 'gitlab.com:aud': '${aws:Via}' } }, {}, '2008-10-17');
    expect(accessOf(old)).toMatchObject({
      grants: [{ audiences: ['${aws:Via}'] }],
      undetermined: [],
    });
  });
});

describe('a statement that no token reaches', () => {
  test('has another action', () => {
    expect(isEmpty(trust({}, { Action: 'sts:AssumeRole' }))).toEqual({ holds: 'yes' });
  });

  test('has another provider, whose tokens reach it', () => {
    const { grants } = accessOf(trust({}, { Principal: { Federated: OWN_HOST } }));
    expect(grants.map(({ provider }) => provider)).toEqual([OWN_HOST]);
  });

  test('denies nothing', () => {
    const policy = read({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: GITLAB_COM },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: main,
        },
        { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: '*',
          Condition: { StringEquals: { 'gitlab.com:ref': 'main' } },
        },
      ],
    });
    expect(covers({ policy }, plain)).toEqual({ holds: 'yes' });
  });
});
