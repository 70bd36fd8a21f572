import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { decideJob } from '../../src/access/job.ts';
import { covers, isEmpty } from '../../src/access/questions.ts';
import { GITLAB_COM, OWN_HOST, read } from './near-policies.ts';

const AUD = { 'gitlab.com:aud': 'https://gitlab.com' };
const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

interface Parts {
  readonly effect?: string;
  readonly provider?: unknown;
  readonly action?: string;
}

function statement(condition: unknown, { effect = 'Allow', provider, action }: Parts = {}) {
  return {
    Effect: effect,
    Principal: provider ?? { Federated: GITLAB_COM },
    Action: action ?? 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  };
}

function trust(...Statement: unknown[]) {
  return { policy: read({ Version: '2012-10-17', Statement }) };
}

function nobody(...statements: unknown[]): void {
  expect(isEmpty(trust(...statements))).toEqual({ holds: 'yes' });
  expect(accessOf(trust(...statements))).toEqual({ grants: [], undetermined: [] });
}

describe('a token of another issuer', () => {
  const policy = trust(
    statement(
      { StringLike: { 'gitlab.example.com:sub': 'project_path:acme/*' } },
      { provider: { Federated: OWN_HOST } },
    ),
  );
  const sub = 'project_path:acme/web:ref_type:branch:ref:main';

  test('is denied for its issuer, whatever the policy says of its subject', () => {
    expect(decideJob(policy, { iss: 'https://evil.example', sub, aud: 'x' })).toEqual({
      decision: 'denied',
      because: { kind: 'issuer', token: 'evil.example', trusted: ['gitlab.example.com'] },
    });
  });

  test('is not taken for one of the provider that the policy names', () => {
    expect(decideJob(policy, { iss: 'https://gitlab.example.com', sub, aud: 'x' }).decision).toBe(
      'allowed',
    );
  });
});

describe('nobody may assume a role', () => {
  const sub = { StringEquals: { ...AUD, 'gitlab.com:sub': MAIN } };

  test.each<[string, unknown]>([
    [
      'with a condition on a claim that has no key',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:ref': 'main' } },
    ],
    ['with https:// in the key', { StringEquals: { 'https://gitlab.com:sub': MAIN } }],
    ['with the key of another host', { StringEquals: { 'gitlab.example.com:sub': MAIN } }],
    [
      'with a wildcard under StringEquals',
      { StringEquals: { 'gitlab.com:sub': 'project_path:acme/*' } },
    ],
    [
      'with ref_protected "True"',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:ref_protected': 'True' } },
    ],
    [
      'with runner_environment "gitlab_hosted"',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:runner_environment': 'gitlab_hosted' } },
    ],
    [
      'with pipeline_source "merge_request"',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:pipeline_source': 'merge_request' } },
    ],
    [
      'with user_access_level "40"',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:user_access_level': '40' } },
    ],
    [
      'with a word for an id',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:project_id': 'web' } },
    ],
    [
      'with a leading zero in an id',
      { StringEquals: { ...sub.StringEquals, 'gitlab.com:project_id': '020' } },
    ],
    ['with no value at all', { StringEquals: { ...AUD, 'gitlab.com:sub': [] } }],
    ['with ArnLike on the subject', { ArnLike: { 'gitlab.com:sub': MAIN } }],
    ['with NumericEquals on the subject', { NumericEquals: { 'gitlab.com:sub': '20' } }],
    ['with sts:ExternalId', { StringEquals: { ...sub.StringEquals, 'sts:ExternalId': 'x' } }],
    [
      'with a subject that begins with another component',
      { StringEquals: { 'gitlab.com:sub': 'ref:main:project_path:acme/web' } },
    ],
    [
      'with a ref type that GitLab does not have',
      { StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:mr:ref:main' } },
    ],
    [
      'with the environment in the subject',
      { StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:environment:production' } },
    ],
    [
      'with a ref that git refuses',
      { StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:a..b' } },
    ],
  ])('%s', (_, condition) => {
    nobody(statement(condition));
  });

  test('through the action AssumeRole', () => {
    nobody(statement(sub, { action: 'sts:AssumeRole' }));
  });

  test('through a provider under AWS in place of Federated', () => {
    nobody(statement(sub, { provider: { AWS: GITLAB_COM } }));
  });

  test('where a Deny statement excludes everyone', () => {
    nobody(statement(sub), statement({}, { effect: 'Deny' }));
  });

  test('with a key of gitlab.com on another host', () => {
    const own = {
      StringEquals: { 'gitlab.example.com:sub': MAIN, 'gitlab.example.com:project_id': '20' },
    };
    nobody(statement(own, { provider: { Federated: OWN_HOST } }));
  });
});

test('a Deny of one form of subject leaves the roles to the other', () => {
  const policy = trust(
    statement({ StringLike: { 'gitlab.com:sub': 'project_p*' } }, { effect: 'Deny' }),
    statement({ StringEquals: AUD }),
  );
  const proof = isEmpty(policy);
  expect(proof.holds).toBe('no');
  expect(proof).toMatchObject({ witness: { form: ['project_id', 'ref_type', 'ref'] } });
});

describe('who may assume a role', () => {
  test('is pinned by ids where no subject is named', () => {
    const [grant, ...more] = accessOf(
      trust(
        statement({
          StringEquals: {
            ...AUD,
            'gitlab.com:namespace_id': '7',
            'gitlab.com:project_id': '20',
            'gitlab.com:ref_protected': 'true',
          },
        }),
      ),
    ).grants;
    expect(more).toEqual([]);
    expect(grant?.who).toEqual({ kind: 'project', ids: ['20'], idPinned: true, exceptPaths: [] });
    expect(grant?.limits).toContainEqual({ on: 'protected', is: true });
  });

  test.each(['StringEqualsIfExists', 'ForAllValues:StringEquals'])(
    '%s is as good as StringEquals on a subject, which no token lacks',
    (operator) => {
      const exact = trust(statement({ StringEquals: { ...AUD, 'gitlab.com:sub': MAIN } }));
      const loose = trust(statement({ StringEquals: AUD, [operator]: { 'gitlab.com:sub': MAIN } }));
      expect(covers(exact, loose)).toEqual({ holds: 'yes' });
    },
  );

  test('IfExists on a key that another host does not have keeps nobody out', () => {
    const own = (more: object) =>
      trust(
        statement(
          { StringLike: { 'gitlab.example.com:sub': 'project_path:acme/*' }, ...more },
          { provider: { Federated: OWN_HOST } },
        ),
      );
    const guarded = own({ StringEqualsIfExists: { 'gitlab.example.com:ref_protected': 'true' } });
    expect(covers(guarded, own({}))).toEqual({ holds: 'yes' });
  });

  test('Bool "true", the Boolean true and the string "true" pin ref_protected alike', () => {
    const sub = { 'gitlab.com:sub': MAIN };
    const text = trust(statement({ StringEquals: { ...sub, 'gitlab.com:ref_protected': 'true' } }));
    for (const value of ['true', true]) {
      const bool = trust(
        statement({ StringEquals: sub, Bool: { 'gitlab.com:ref_protected': value } }),
      );
      expect(accessOf(bool).grants[0]?.limits).toEqual([{ on: 'protected', is: true }]);
      expect(covers(text, bool)).toEqual({ holds: 'yes' });
    }
  });

  test('a number pins an id as a string does', () => {
    const id = (value: unknown) =>
      trust(
        statement({ StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': value } }),
      );
    expect(accessOf(id(20)).grants[0]?.who.ids).toEqual(['20']);
    expect(covers(id('20'), id(20))).toEqual({ holds: 'yes' });
  });

  test.each<[string, readonly string[]]>([
    ['project_path:acme/web:ref_type:branch', ['project_path', 'ref_type']],
    ['project_path:acme/web', ['project_path']],
    ['project_id:20:ref_type:branch:ref:main', ['project_id', 'ref_type', 'ref']],
  ])('the subject %s needs another subject form in GitLab', (sub, form) => {
    const { grants } = accessOf(trust(statement({ StringEquals: { 'gitlab.com:sub': sub } })));
    expect(grants.map(({ subjectForm }) => subjectForm)).toEqual([form]);
  });

  test('a Deny statement that names a project is an exception of the group', () => {
    const { grants } = accessOf(
      trust(
        statement({
          StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' },
        }),
        statement(
          { StringLike: { 'gitlab.com:sub': 'project_path:acme/web:*' } },
          { effect: 'Deny' },
        ),
      ),
    );
    expect(grants.map(({ who, refs }) => ({ who, refs }))).toEqual([
      {
        who: { kind: 'group', path: 'acme', ids: [], idPinned: false, exceptPaths: ['acme/web'] },
        refs: [{ type: 'branch', name: 'main' }],
      },
    ]);
  });
});

describe('a wildcard in place of an exact subject', () => {
  const exact = (sub: string) => trust(statement({ StringEquals: { 'gitlab.com:sub': sub } }));
  const like = (sub: string) => trust(statement({ StringLike: { 'gitlab.com:sub': sub } }));

  test.each(['*', 'project_path:*'])('StringLike opens what StringEquals closes: %s', (sub) => {
    expect(isEmpty(exact(sub))).toEqual({ holds: 'yes' });
    expect(isEmpty(like(sub)).holds).toBe('no');
    expect(covers(exact(sub), like(sub)).holds).toBe('no');
  });
});

describe('a key of the request', () => {
  const claims = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: MAIN };
  const with_ = (more: object) =>
    statement({ StringEquals: { ...AUD, 'gitlab.com:sub': MAIN }, ...more });

  test.each<[string, object]>([
    ['aws:SourceIp', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }],
    ['aws:SecureTransport', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['aws:CurrentTime', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
    ['sts:RoleSessionName', { StringLike: { 'sts:RoleSessionName': 'gitlab-*' } }],
  ])('%s is unknown, not absent', (key, more) => {
    expect(decideJob(trust(with_(more)), claims)).toMatchObject({
      decision: 'undetermined',
      keys: [key],
    });
    expect(accessOf(trust(with_(more))).grants[0]?.limits).toMatchObject([{ on: 'request', key }]);
  });

  test.each<[string, object]>([
    ['aws:PrincipalOrgID', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
    ['aws:MultiFactorAuthPresent', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
    ['sts:ExternalId', { StringEquals: { 'sts:ExternalId': 'acme' } }],
  ])('%s is absent from a call that is made without AWS credentials', (_, more) => {
    expect(decideJob(trust(with_(more)), claims).decision).toBe('denied');
    const ifExists = Object.fromEntries(
      Object.entries(more).map(([operator, keys]) => [`${operator}IfExists`, keys]),
    );
    expect(decideJob(trust(with_({ ...ifExists })), claims).decision).toBe('allowed');
  });

  test('a Deny on other addresses does not deny every job', () => {
    const policy = trust(
      with_({}),
      statement({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { effect: 'Deny' }),
    );
    expect(decideJob(policy, claims).decision).toBe('undetermined');
    expect(decideJob(policy, claims, { 'aws:sourceip': '203.0.113.7' }).decision).toBe('allowed');
    expect(decideJob(policy, claims, { 'aws:sourceip': '198.51.100.7' }).decision).toBe('denied');
  });
});

describe('a project that the policy excludes, which is also the first that comes to mind', () => {
  const all = { StringLike: { 'gitlab.com:sub': 'project_path:*:ref_type:branch:ref:main' } };
  const except = (path: string) => ({
    StringEquals: { 'gitlab.com:sub': `project_path:${path}:ref_type:branch:ref:main` },
  });

  test.each(['other/project', 'group/project', 'acme/web', 'x/x'])(
    '%s: others are still found',
    (path) => {
      const policy = trust(statement(all), statement(except(path), { effect: 'Deny' }));
      const proof = isEmpty(policy);
      expect(proof).toMatchObject({ holds: 'no' });
      const found = proof.holds === 'no' ? proof.witness.claims['project_path'] : path;
      expect(found).not.toBe(path);
      expect(accessOf(policy).grants).not.toEqual([]);
    },
  );
});
