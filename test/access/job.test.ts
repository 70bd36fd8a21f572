import { describe, expect, test } from '@jest/globals';
import { decideJob } from '../../src/access/job.ts';
import { GITLAB_COM, allowing, read } from './near-policies.ts';

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';
const CLAIMS = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: MAIN };

function trust(condition: unknown, clientIds?: readonly string[]) {
  const policy = allowing(condition);
  const provider = { arn: GITLAB_COM, issuer: 'gitlab.com' };
  return { policy, ...(clientIds && { providers: [{ ...provider, clientIds }] }) };
}

const main = { StringEquals: { 'gitlab.com:sub': MAIN } };

describe('the audience of a job', () => {
  test('is denied where the provider does not accept it, whatever the policy says', () => {
    expect(decideJob(trust(main, ['sts.amazonaws.com']), CLAIMS)).toEqual({
      decision: 'denied',
      because: { kind: 'audience', token: 'https://gitlab.com', accepted: ['sts.amazonaws.com'] },
    });
  });

  test('is allowed where the provider accepts it among others', () => {
    const accepted = ['sts.amazonaws.com', 'https://gitlab.com'];
    expect(decideJob(trust(main, accepted), CLAIMS)).toEqual({
      decision: 'allowed',
      provider: GITLAB_COM,
    });
  });

  test('is compared with the policy alone where the provider is not known', () => {
    expect(decideJob(trust(main), CLAIMS).decision).toBe('allowed');
  });

  test.each([undefined, ['https://gitlab.com'], 7])('that is %j is none', (aud) => {
    expect(decideJob(trust(main, ['https://gitlab.com']), { ...CLAIMS, aud })).toEqual({
      decision: 'denied',
      because: { kind: 'audience', token: '', accepted: ['https://gitlab.com'] },
    });
  });
});

test('a job whose token names no issuer is denied for its issuer', () => {
  expect(decideJob(trust(main), { sub: MAIN })).toEqual({
    decision: 'denied',
    because: { kind: 'issuer', token: '', trusted: ['gitlab.com'] },
  });
});

test('an issuer that a role trusts in two accounts is named once', () => {
  const policy = read({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: [GITLAB_COM, GITLAB_COM.replace('123456789012', '210987654321')] },
      Action: 'sts:AssumeRoleWithWebIdentity',
    },
  });
  expect(decideJob({ policy }, { ...CLAIMS, iss: 'https://evil.example' })).toMatchObject({
    because: { trusted: ['gitlab.com'] },
  });
});

describe('a job that the policy denies', () => {
  test('is denied by the policy of its provider, with one of the requests', () => {
    const other = { ...CLAIMS, sub: 'project_path:acme/api:ref_type:branch:ref:main' };
    expect(decideJob(trust(main), other)).toEqual({
      decision: 'denied',
      because: { kind: 'policy', provider: GITLAB_COM, request: {} },
    });
  });

  test('is denied whatever the request is', () => {
    const other = { ...CLAIMS, sub: 'project_path:acme/api:ref_type:branch:ref:main' };
    const bound = trust({ ...main, Bool: { 'aws:SecureTransport': 'true' } });
    expect(decideJob(bound, other)).toEqual({
      decision: 'denied',
      because: {
        kind: 'policy',
        provider: GITLAB_COM,
        request: { 'aws:SecureTransport': 'true' },
      },
    });
  });
});

describe('a job about which the request decides', () => {
  test('is shown with one request that is allowed and one that is denied', () => {
    const bound = trust({ ...main, Bool: { 'aws:SecureTransport': 'true' } });
    expect(decideJob(bound, CLAIMS)).toEqual({
      decision: 'undetermined',
      keys: ['aws:SecureTransport'],
      allowedWith: { 'aws:SecureTransport': 'true' },
      deniedWith: { 'aws:SecureTransport': 'false' },
    });
  });

  test('is denied where a key that may be absent is absent', () => {
    const bound = trust({ ...main, StringLike: { 'aws:Via': '*' } });
    expect(decideJob(bound, CLAIMS)).toStrictEqual({
      decision: 'undetermined',
      keys: ['aws:Via'],
      allowedWith: { 'aws:Via': 'something-else' },
      deniedWith: {},
    });
  });

  test('is decided by what is given of the request', () => {
    const bound = trust({ ...main, Bool: { 'aws:SecureTransport': 'true' } });
    const decided = (value: string) =>
      decideJob(bound, CLAIMS, { 'aws:securetransport': value }).decision;
    expect([decided('true'), decided('false')]).toEqual(['allowed', 'denied']);
  });

  test('is decided where the requests are as many as the bound', () => {
    // Nine numbers of each key and its absence: with four keys 10,000 requests.
    const numbers = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((key) => [`aws:${key}`, ['10', '20', '30']]),
    );
    const asked = decideJob(trust({ ...main, NumericEqualsIfExists: numbers }), CLAIMS);
    expect(asked).toMatchObject({ decision: 'undetermined', keys: expect.anything() });
  });

  test('is undetermined beyond the bound of requests, with the bound', () => {
    // Three values of each key are told apart: with nine keys 19,683 requests, with eight 6,561.
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`aws:key${at}`, `value-${at}`]));
    const asked = (count: number) =>
      decideJob(trust({ ...main, StringNotEquals: keys(count) }), CLAIMS);
    expect(asked(9)).toEqual({
      decision: 'undetermined',
      reasons: [{ kind: 'too-many', counted: 'combinations', bound: 10_000 }],
    });
    expect(asked(8)).toMatchObject({ decision: 'undetermined', allowedWith: {} });
  });
});
