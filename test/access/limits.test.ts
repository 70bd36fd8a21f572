import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import type { Limit } from '../../src/access/grant.ts';
import { GITLAB_COM, read } from './near-policies.ts';

const SUB = 'project_path:acme/web:ref_type:branch:ref:main';

function statement(condition: unknown, effect = 'Allow') {
  return {
    Effect: effect,
    Principal: { Federated: GITLAB_COM },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  };
}

function grantsOf(statements: readonly unknown[], clientIds?: readonly string[]) {
  const provider = { arn: GITLAB_COM, issuer: 'gitlab.com' };
  return accessOf({
    policy: read({ Version: '2012-10-17', Statement: statements }),
    ...(clientIds && { providers: [{ ...provider, clientIds }] }),
  }).grants;
}

/** A statement for one branch of one project that asks for more. */
function alsoAsks(operator: string, key: string, value: unknown, more: object = {}) {
  return statement({
    'ForAnyValue:StringEquals': { 'gitlab.com:sub': SUB },
    [operator]: { [key]: value },
    ...more,
  });
}

function limitsWith(operator: string, claim: string, value: unknown): readonly Limit[] {
  const grants = grantsOf([alsoAsks(operator, `gitlab.com:${claim}`, value)]);
  expect(grants).toHaveLength(1);
  return grants.flatMap(({ limits }) => limits);
}

const string = (operator: string, value: string) => ({ operator, value });

describe('a condition in addition to the project and the ref is a limit', () => {
  test.each<[string, string, unknown, Limit]>([
    ['StringEquals', 'ref_protected', 'true', { on: 'protected', is: true }],
    ['StringEquals', 'ref_protected', 'false', { on: 'protected', is: false }],
    ['StringNotEquals', 'ref_protected', 'true', { on: 'protected', is: false }],
    ['StringEquals', 'pipeline_source', ['web', 'push'], { on: 'source', any: ['push', 'web'] }],
    ['StringLike', 'pipeline_source', 'web*', { on: 'source', any: ['web', 'webide'] }],
    ['StringEquals', 'runner_environment', 'self-hosted', { on: 'runner', any: ['self-hosted'] }],
    [
      'StringEquals',
      'user_access_level',
      ['owner', 'maintainer'],
      {
        on: 'claim',
        claim: 'user_access_level',
        values: { kind: 'listed', values: ['maintainer', 'owner'] },
      },
    ],
    [
      'Null',
      'user_access_level',
      'true',
      { on: 'claim', claim: 'user_access_level', values: { kind: 'listed', values: [undefined] } },
    ],
    [
      'StringEquals',
      'namespace_id',
      ['7', '8'],
      {
        on: 'claim',
        claim: 'namespace_id',
        values: {
          kind: 'tests',
          any: [string('StringEquals', '7'), string('StringEquals', '8')],
          except: [],
        },
      },
    ],
    [
      'StringNotLike',
      'user_login',
      'bot-*',
      {
        on: 'claim',
        claim: 'user_login',
        values: { kind: 'tests', any: 'all', except: [string('StringLike', 'bot-*')] },
      },
    ],
    [
      'StringNotEquals',
      'project_id',
      '20',
      {
        on: 'claim',
        claim: 'project_id',
        values: { kind: 'tests', any: 'all', except: [string('StringEquals', '20')] },
      },
    ],
    [
      'NumericLessThan',
      'project_id',
      '20',
      {
        on: 'claim',
        claim: 'project_id',
        values: { kind: 'tests', any: [string('NumericLessThan', '20')], except: [] },
      },
    ],
    [
      'NumericEquals',
      'user_id',
      '020.0',
      {
        on: 'claim',
        claim: 'user_id',
        values: { kind: 'tests', any: [string('StringEquals', '20')], except: [] },
      },
    ],
    [
      'NumericNotEquals',
      'user_id',
      '20',
      {
        on: 'claim',
        claim: 'user_id',
        values: { kind: 'tests', any: 'all', except: [string('StringEquals', '20')] },
      },
    ],
    [
      'StringEqualsIgnoreCase',
      'aud',
      'STS',
      {
        on: 'claim',
        claim: 'aud',
        values: { kind: 'tests', any: [string('StringEqualsIgnoreCase', 'sts')], except: [] },
      },
    ],
  ])('%s on %s %j', (operator, claim, value, limit) => {
    expect(limitsWith(operator, claim, value)).toEqual([limit]);
  });

  test.each<[string, string, Limit]>([
    [
      'project_path:acme/web:ref_type:branch:ref:main:ref_protected:true',
      'ref_protected',
      { on: 'protected', is: true },
    ],
    [
      'project_path:acme/web:environment_protected:true:ref_type:branch:ref:main',
      'environment_protected',
      { on: 'environment', protected: true },
    ],
    [
      'project_path:acme/web:environment_protected:false:ref_type:branch:ref:main',
      'environment_protected',
      { on: 'environment', protected: false },
    ],
    [
      'project_path:acme/web:deployment_tier:staging:ref_type:branch:ref:main',
      'deployment_tier',
      { on: 'tier', any: ['staging'] },
    ],
  ])('%s', (sub, component, limit) => {
    const [grant] = grantsOf([statement({ StringEquals: { 'gitlab.com:sub': sub } })]);
    expect(grant?.limits).toEqual([limit]);
    expect(grant?.subjectForm).toContain(component);
  });

  test('a key of the request is one as well', () => {
    const [grant] = grantsOf([
      alsoAsks('IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '192.0.2.0/24']),
    ]);
    expect(grant?.limits).toEqual([
      {
        on: 'request',
        key: 'aws:SourceIp',
        values: {
          kind: 'tests',
          any: [string('IpAddress', '10.0.0.0/8, 192.0.2.0/24')],
          except: [],
        },
      },
    ]);
  });

  test('a negated key of the request is any value but those', () => {
    const [grant] = grantsOf([alsoAsks('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8')]);
    // The address may be absent, of which a negated operator says that it holds.
    expect(grant?.limits).toEqual([
      {
        on: 'request',
        key: 'aws:SourceIp',
        values: { kind: 'tests', any: 'all', except: [string('IpAddress', '10.0.0.0/8')] },
      },
    ]);
  });

  test('a key of the request that must be there is shown by an example', () => {
    const [grant] = grantsOf([alsoAsks('Null', 'aws:Via', 'false')]);
    expect(grant?.limits).toEqual([
      { on: 'request', key: 'aws:Via', values: { kind: 'examples', values: ['something-else'] } },
    ]);
  });

  test('a value that waits for the request is a limit that cannot be read', () => {
    const [grant] = grantsOf([
      alsoAsks('StringEquals', 'gitlab.com:user_login', '${aws:SourceIp}'),
    ]);
    expect(grant?.limits).toEqual([
      {
        on: 'unread',
        condition: 'StringEquals gitlab.com:user_login "${aws:SourceIp}"',
      },
    ]);
  });
});

describe('what a grant says in a field of its own is not a limit', () => {
  test('the id of the project', () => {
    const [grant] = grantsOf([alsoAsks('StringLike', 'gitlab.com:project_id', ['20', '3*'])]);
    expect(grant?.who).toMatchObject({ kind: 'project', ids: ['20', '3*'], idPinned: false });
    expect(grant?.limits).toEqual([]);
  });

  test('the audience', () => {
    const [grant] = grantsOf([alsoAsks('StringEquals', 'gitlab.com:aud', ['a', 'b'])]);
    expect(grant?.audiences).toEqual(['a', 'b']);
    expect(grant?.limits).toEqual([]);
  });

  test('those of the accepted audiences that the policy allows', () => {
    const only = [alsoAsks('StringNotEquals', 'gitlab.com:aud', 'a')];
    const [grant] = grantsOf(only, ['a', 'b', 'c']);
    expect(grant?.audiences).toEqual(['b', 'c']);
    expect(grant?.limits).toEqual([]);
  });

  test('an audience by two patterns at once is a limit with examples', () => {
    const more = { 'ForAnyValue:StringLike': { 'gitlab.com:aud': '*b' } };
    const [grant] = grantsOf([alsoAsks('StringLike', 'gitlab.com:aud', 'a*', more)]);
    expect(grant?.audiences).toEqual([]);
    expect(grant?.limits).toMatchObject([
      { on: 'claim', claim: 'aud', values: { kind: 'examples' } },
    ]);
  });

  test('ids without one of them are a limit', () => {
    const more = { StringNotEquals: { 'gitlab.com:project_id': '20' } };
    const [grant] = grantsOf([alsoAsks('StringLike', 'gitlab.com:project_id', '2*', more)]);
    expect(grant?.who).toMatchObject({ ids: [], idPinned: false });
    expect(grant?.limits).toMatchObject([
      {
        on: 'claim',
        claim: 'project_id',
        values: { any: [string('StringLike', '2*')], except: [string('StringEquals', '20')] },
      },
    ]);
  });

  test('no audience, where the policy asks for none', () => {
    const [grant] = grantsOf([statement({ StringEquals: { 'gitlab.com:sub': SUB } })], ['a', 'b']);
    expect(grant?.audiences).toEqual([]);
  });

  test('paths and refs that a Deny statement takes out', () => {
    const like = (sub: string, effect?: string) =>
      statement({ StringLike: { 'gitlab.com:sub': sub } }, effect);
    const [group] = grantsOf([
      like('project_path:acme/*:ref_type:branch:ref:main'),
      like('project_path:acme/web:*', 'Deny'),
    ]);
    expect(group).toMatchObject({ who: { path: 'acme', exceptPaths: ['acme/web'] }, limits: [] });
    const [refs] = grantsOf([
      like('project_path:acme/web:ref_type:*:ref:*'),
      like('project_path:acme/web:ref_type:*:ref:tmp-*', 'Deny'),
    ]);
    expect(refs).toMatchObject({
      refs: [
        { type: 'branch', name: '*' },
        { type: 'tag', name: '*' },
      ],
      exceptRefs: [
        { type: 'branch', name: 'tmp-*' },
        { type: 'tag', name: 'tmp-*' },
      ],
      limits: [],
    });
  });
});

describe('who a grant names', () => {
  const who = (operator: string, sub: string, more: object = {}) =>
    grantsOf([statement({ [operator]: { 'gitlab.com:sub': sub }, ...more })]).map(
      (grant) => grant.who,
    );
  const nobody = { ids: [], idPinned: false, exceptPaths: [] };

  test.each([
    ['StringEquals', SUB, { kind: 'project', path: 'acme/web' }],
    ['StringLike', 'project_path:acme/*', { kind: 'group', path: 'acme' }],
    ['StringLike', 'project_path:acme/**', { kind: 'group', path: 'acme' }],
    ['StringLike', 'project_path:acme/sub/*', { kind: 'group', path: 'acme/sub' }],
    ['StringLike', 'project_path:acme*', { kind: 'pattern', path: 'acme*' }],
    ['StringLike', 'project_path:acme/*b:ref:main', { kind: 'pattern', path: 'acme/*b' }],
    ['StringLike', 'project_path:ac?e/*', { kind: 'pattern', path: 'ac?e/*' }],
    ['StringLike', 'project_path:*', { kind: 'any' }],
  ])('%s %s', (operator, sub, expected) => {
    expect(who(operator, sub)).toEqual([{ ...nobody, ...expected }]);
  });

  test('a project by its id, or any with an id that a pattern matches', () => {
    const byId = (operator: string, id: string) =>
      grantsOf([statement({ [operator]: { 'gitlab.com:project_id': id } })]).map(
        (grant) => grant.who,
      );
    expect(byId('StringEquals', '20')).toEqual([
      { ...nobody, kind: 'project', ids: ['20'], idPinned: true },
    ]);
    expect(byId('StringLike', '2*')).toEqual([{ ...nobody, kind: 'any', ids: ['2*'] }]);
  });

  test('paths that are alike in any letter case by a limit', () => {
    const [grant] = grantsOf([
      statement({ StringEqualsIgnoreCase: { 'gitlab.com:sub': SUB.toUpperCase() } }),
    ]);
    expect(grant?.who).toEqual({ ...nobody, kind: 'any' });
    expect(grant?.limits).toContainEqual({
      on: 'claim',
      claim: 'project_path',
      values: {
        kind: 'tests',
        any: [string('StringEqualsIgnoreCase', 'acme/web')],
        except: [],
      },
    });
  });
});

test('refs of both types are named where the policy asks for no type', () => {
  const [grant] = grantsOf([
    statement({ StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:*:ref:v*' } }),
  ]);
  expect(grant?.refs).toEqual([
    { type: 'branch', name: 'v*' },
    { type: 'tag', name: 'v*' },
  ]);
  expect(grant?.exceptRefs).toEqual([]);
});

test('a grant names the number of its statement', () => {
  const grants = grantsOf([
    statement({ StringEquals: { 'gitlab.com:sub': 'nothing' } }),
    statement({ StringEquals: { 'gitlab.com:sub': SUB } }),
  ]);
  expect(grants.map((one) => one.statement)).toEqual([1]);
});
