import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { boundReason, covers, isEmpty } from '../../src/access/questions.ts';
import { requestOf } from '../../src/access/witness.ts';
import { GITLAB_COM, OWN_HOST, read } from './near-policies.ts';

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

function allow(condition: unknown, provider = GITLAB_COM) {
  return {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  };
}

function trust(...Statement: unknown[]) {
  return { policy: read({ Version: '2012-10-17', Statement }) };
}

const main = { StringEquals: { 'gitlab.com:sub': MAIN } };

describe('a question that is too large', () => {
  const hostile = allow({ StringLike: { 'gitlab.com:sub': '*a*b*c*d*e*f*' } });
  const reasons = [{ kind: 'too-many', counted: 'readings of a subject', bound: 30_000 }];

  test('is left open, with the bound', () => {
    expect(isEmpty(trust(hostile))).toEqual({ holds: 'undetermined', reasons });
    expect(covers(trust(allow(main)), trust(hostile))).toEqual({ holds: 'undetermined', reasons });
    expect(accessOf(trust(hostile))).toEqual({ grants: [], undetermined: reasons });
  });

  test('is answered where the other provider answers it', () => {
    const own = allow({ StringLike: { 'gitlab.example.com:sub': 'project_path:a/*' } }, OWN_HOST);
    expect(isEmpty(trust(hostile, own))).toMatchObject({
      holds: 'no',
      witness: { provider: OWN_HOST },
    });
  });

  test('is not hidden by a provider of which it has an answer', () => {
    const nobody = allow({ StringEquals: { 'gitlab.example.com:sub': 'nobody' } }, OWN_HOST);
    expect(isEmpty(trust(nobody, hostile))).toEqual({ holds: 'undetermined', reasons });
  });

  test('does not hide a fault of the program', () => {
    const fault = new Error('no dimension');
    expect(() => boundReason(fault)).toThrow(fault);
  });
});

describe('a condition that cannot be read', () => {
  const name = (claim: string) => `StringEquals gitlab.com:${claim} "\${aws:Via}"`;
  const waits = (...claims: readonly string[]) =>
    allow({
      StringEquals: {
        'gitlab.com:sub': MAIN,
        ...Object.fromEntries(claims.map((one) => [`gitlab.com:${one}`, '${aws:Via}'])),
      },
    });

  test('leaves open whether somebody may assume the role', () => {
    expect(isEmpty(trust(waits('user_login', 'user_id')))).toEqual({
      holds: 'undetermined',
      reasons: [{ kind: 'unread-condition', conditions: [name('user_login'), name('user_id')] }],
    });
  });

  test('is named with the grants that depend on it', () => {
    const { grants, undetermined } = accessOf(trust(waits('user_login'), allow(main)));
    expect(undetermined).toEqual([{ kind: 'unread-condition', conditions: [name('user_login')] }]);
    expect(grants.map(({ witness }) => witness.unread)).toEqual([[name('user_login')], []]);
  });

  test('does not matter beside a statement that allows the same without it', () => {
    expect(isEmpty(trust(waits('user_login'), allow(main))).holds).toBe('no');
    expect(covers(trust(allow(main)), trust(waits('user_login')))).toEqual({ holds: 'yes' });
  });

  test('keeps a role from covering another, for which the token is shown', () => {
    const proof = covers(trust(waits('user_login')), trust(allow(main)));
    expect(proof).toMatchObject({ holds: 'no', witness: { claims: { sub: MAIN }, request: {} } });
  });

  test('closes nothing where it is a Deny', () => {
    const deny = { ...waits('user_login'), Effect: 'Deny' };
    expect(isEmpty(trust(allow(main), deny)).holds).toBe('no');
  });
});

describe('a token that is shown', () => {
  test('has the default subject of GitLab where one with it shows the same', () => {
    const both = allow({
      'ForAnyValue:StringLike': { 'gitlab.com:sub': ['project_id:20', 'project_path:acme/*'] },
    });
    expect(isEmpty(trust(both))).toMatchObject({
      witness: { form: ['project_path', 'ref_type', 'ref'] },
    });
  });

  test('is what any token of GitLab is where no policy asks', () => {
    const proof = isEmpty(trust(allow({})));
    expect(proof).toEqual({
      holds: 'no',
      witness: {
        provider: GITLAB_COM,
        claims: {
          iss: 'https://gitlab.com',
          sub: 'project_path:group/project:ref_type:branch:ref:main',
          aud: 'https://gitlab.com',
          project_path: 'group/project',
          project_id: '1000001',
          namespace_id: '1000002',
          namespace_path: 'group',
          ref: 'main',
          ref_type: 'branch',
          ref_protected: 'true',
          pipeline_source: 'push',
          runner_environment: 'gitlab-hosted',
          user_access_level: 'maintainer',
          user_email: 'somebody@else.example',
          user_id: '1000003',
          user_login: 'somebody',
        },
        form: ['project_path', 'ref_type', 'ref'],
        request: {},
        unread: [],
      },
    });
  });

  test('has what an environment adds where the subject names one', () => {
    const sub = 'project_path:acme/web:environment_protected:true:ref_type:branch:ref:main';
    const proof = isEmpty(trust(allow({ StringEquals: { 'gitlab.com:sub': sub } })));
    expect(proof).toMatchObject({
      witness: { claims: { sub, environment_protected: 'true', deployment_tier: 'production' } },
    });
  });

  test('is of a protected environment where the subject names the tier alone', () => {
    const sub = 'project_path:acme/web:deployment_tier:staging:ref_type:branch:ref:main';
    const proof = isEmpty(trust(allow({ StringEquals: { 'gitlab.com:sub': sub } })));
    expect(proof).toMatchObject({
      witness: { claims: { sub, environment_protected: 'true', deployment_tier: 'staging' } },
    });
  });

  test('has an audience that its provider accepts', () => {
    const { policy } = trust(allow(main));
    const provider = { arn: GITLAB_COM, issuer: 'gitlab.com' };
    const shown = (clientIds: readonly string[]) =>
      isEmpty({ policy, providers: [{ ...provider, clientIds }] });
    expect(shown(['sts.amazonaws.com', 'b'])).toMatchObject({
      witness: { claims: { aud: 'sts.amazonaws.com' } },
    });
  });

  test('has the address of its own GitLab for its audience where that is not known', () => {
    const own = allow({ StringLike: { 'gitlab.example.com:sub': 'project_path:a/*' } }, OWN_HOST);
    expect(isEmpty(trust(own))).toMatchObject({
      witness: { claims: { iss: 'https://gitlab.example.com', aud: 'https://gitlab.example.com' } },
    });
  });

  test('lacks the claim that must be absent', () => {
    const absent = allow({ ...main, Null: { 'gitlab.com:user_access_level': 'true' } });
    const proof = isEmpty(trust(absent));
    expect(proof).toMatchObject({ holds: 'no' });
    const claims = proof.holds === 'no' ? proof.witness.claims : {};
    expect(Object.keys(claims)).not.toContain('user_access_level');
  });

  test('comes with the request that it needs, and no key that must be absent', () => {
    const bound = allow({
      ...main,
      IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
      Null: { 'aws:Via': 'true' },
    });
    const proof = isEmpty(trust(bound));
    if (proof.holds !== 'no') throw new Error(proof.holds);
    expect(proof.witness.request).toStrictEqual({ 'aws:SourceIp': '10.0.0.0' });
    expect(requestOf(proof.witness, 'gitlab.com')).toMatchObject({
      principal: GITLAB_COM,
      context: { 'gitlab.com:sub': MAIN, 'aws:SourceIp': '10.0.0.0' },
    });
  });
});

describe('what is given of the request', () => {
  const bound = trust(allow({ ...main, Bool: { 'aws:SecureTransport': 'true' } }));

  test('decides whether somebody may assume the role', () => {
    expect(isEmpty(bound, { 'aws:securetransport': 'false' })).toEqual({ holds: 'yes' });
    expect(isEmpty(bound, { 'aws:securetransport': 'true' }).holds).toBe('no');
  });

  test('decides whether a role covers another', () => {
    const free = trust(allow(main));
    expect(covers(bound, free).holds).toBe('no');
    expect(covers(bound, free, { 'aws:securetransport': 'true' })).toEqual({ holds: 'yes' });
  });

  test('decides whether a role has grants', () => {
    const given = (value: string) =>
      accessOf(bound, () => true, { 'aws:securetransport': value }).grants.length;
    expect([given('true'), given('false')]).toEqual([1, 0]);
  });
});
