import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideJob } from '../../src/access/job.ts';
import { providersOf } from '../../src/access/trust.ts';
import { contextOf, issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { runs } from '../support/tools/runs.ts';
import { GITLAB_COM, allowing, policyAround, read, request, token } from './near-policies.ts';

const RUNS = runs(300);

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

describe('a role that trusts one issuer in two accounts', () => {
  const OTHER_ACCOUNT = GITLAB_COM.replace('123456789012', '210987654321');
  const statement = (provider: string, project: string) => ({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringLike: { 'gitlab.com:sub': `project_path:${project}:*` } },
  });
  const policy = read({
    Version: '2012-10-17',
    Statement: [statement(OTHER_ACCOUNT, 'acme/api'), statement(GITLAB_COM, 'acme/web')],
  });
  const api = { ...CLAIMS, sub: MAIN.replace('web', 'api') };

  test('admits a job that one of them admits, where the account of the role is not known', () => {
    expect(decideJob({ policy }, CLAIMS)).toEqual({ decision: 'allowed', provider: GITLAB_COM });
    expect(decideJob({ policy }, api)).toEqual({ decision: 'allowed', provider: OTHER_ACCOUNT });
  });

  test('leaves a job open that one of them leaves open and the other denies', () => {
    const [other] = policy.statements;
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    const [open] = read({
      Version: '2012-10-17',
      Statement: { ...statement(GITLAB_COM, 'acme/web'), Condition },
    }).statements;
    const statements = [other, open].flatMap((one) => one ?? []);
    expect(decideJob({ policy: { ...policy, statements } }, CLAIMS).decision).toBe('undetermined');
  });

  test('admits a job by the provider of its own account alone', () => {
    const trusted = { policy, account: '123456789012' };
    expect(decideJob(trusted, CLAIMS)).toEqual({ decision: 'allowed', provider: GITLAB_COM });
    expect(decideJob(trusted, api)).toMatchObject({
      decision: 'denied',
      because: { kind: 'policy', provider: GITLAB_COM },
    });
  });
});

describe('a role that is open to every provider', () => {
  const open = read({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' },
  });

  test('admits a job of a GitLab that its policy does not mention', () => {
    const own = { ...CLAIMS, iss: 'https://gitlab.example.com' };
    expect(decideJob({ policy: open }, own).decision).toBe('allowed');
  });

  test('denies a job whose token names no issuer, and makes up none', () => {
    expect(decideJob({ policy: open }, { sub: MAIN })).toEqual({
      decision: 'denied',
      because: { kind: 'issuer', token: '', trusted: ['gitlab.com'] },
    });
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
    // Three values of each key are distinguished: with nine keys 19,683 requests, with eight 6,561.
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

describe('a job of which not all claims are known', () => {
  const pinned = trust({ StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': '20' } });
  const decided = (claims: object, unknown: string[]) =>
    decideJob(pinned, { ...CLAIMS, ...claims }, {}, { unknown });

  test('is undetermined where one of them decides, with a value that is allowed and one that is denied', () => {
    expect(decided({}, ['project_id', 'user_id'])).toEqual({
      decision: 'undetermined',
      keys: ['project_id'],
      allowedWith: { project_id: '20' },
      deniedWith: { project_id: expect.not.stringMatching(/^20$/) },
    });
  });

  test('is decided by those that are known where the others do not matter', () => {
    expect(decided({ project_id: '20' }, ['user_id']).decision).toBe('allowed');
    expect(decided({ project_id: '21' }, ['user_id']).decision).toBe('denied');
    expect(decided({ sub: 'project_path:acme/api' }, ['project_id']).decision).toBe('denied');
  });

  test('is denied where its token has no more claims', () => {
    expect(decided({}, []).decision).toBe('denied');
  });
});

describe('a condition whose value waits for the request', () => {
  const waiting = trust({
    StringEquals: {
      'gitlab.com:sub': MAIN,
      'gitlab.com:user_login': '${aws:Via}',
      'gitlab.com:project_id': '20',
    },
  });
  const job = { ...CLAIMS, project_id: '20', user_login: 'ann' };

  test('leaves a job undetermined that nothing else denies', () => {
    expect(decideJob(waiting, job)).toEqual({
      decision: 'undetermined',
      reasons: [
        {
          kind: 'unread-condition',
          conditions: ['StringEquals gitlab.com:user_login "${aws:Via}"'],
        },
      ],
    });
    expect(decideJob(waiting, { ...job, project_id: '21' }).decision).toBe('denied');
  });

  test('decides where the request is known', () => {
    const decided = (via: string) => decideJob(waiting, job, { 'aws:via': via }).decision;
    expect([decided('ann'), decided('bob')]).toEqual(['allowed', 'denied']);
  });

  test('decides where it waits for a claim of the token', () => {
    const own = trust({ StringEquals: { 'gitlab.com:user_login': 'x-${gitlab.com:user_id}' } });
    const login = (user_login: string, unknown: string[] = []) =>
      decideJob(
        own,
        { ...CLAIMS, user_login, ...(unknown.length === 0 && { user_id: '3' }) },
        {},
        { unknown },
      ).decision;
    expect([login('x-3'), login('x-4')]).toEqual(['allowed', 'denied']);
    expect(login('x-3', ['user_id'])).toBe('undetermined');
  });
});

const asked = token.chain((claims) =>
  fc.record({
    policy: policyAround(claims).map(read),
    tokens: fc.array(token, { minLength: 3, maxLength: 3 }).map((more) => [claims, ...more]),
    request,
    given: fc.subarray(['aws:SourceIp', 'aws:CurrentTime', 'sts:RoleSessionName'] as const),
    unknown: fc.subarray(['project_id', 'namespace_id', 'ref_protected', 'user_login', 'user_id']),
  }),
);

test(`a decision holds whatever is not known of the token and the request, ${RUNS} times`, () => {
  const seen = { allowed: 0, denied: 0, undetermined: 0 };
  fc.assert(
    fc.property(asked, ({ policy, tokens, request: whole, given, unknown }) => {
      const prepared = preparePolicy(policy);
      const known = Object.fromEntries(given.map((key) => [key.toLowerCase(), whole[key]]));
      for (const claims of tokens) {
        const issuer = issuerOfUrl(claims['iss'] ?? '');
        const provider = providersOf([{ policy }], issuer).find((one) => one.issuer === issuer);
        const allows = (more: Readonly<Record<string, string>>) =>
          isAllowed(prepared, {
            principal: provider?.arn ?? `arn:aws:iam::123456789012:oidc-provider/${issuer}`,
            context: { ...contextOf(issuer, { ...claims, ...more }), ...known, ...more },
          });
        const knownClaims = Object.fromEntries(
          Object.entries(claims).filter(([name]) => !unknown.includes(name)),
        );
        const decision = decideJob({ policy }, knownClaims, known, { unknown });
        seen[decision.decision]++;
        if (decision.decision !== 'undetermined') {
          const isAllowedNow = allows(whole);
          expect({ decision, claims, isAllowedNow }).toEqual({
            decision,
            claims,
            isAllowedNow: decision.decision === 'allowed',
          });
        } else if ('keys' in decision) {
          expect([allows(decision.allowedWith), allows(decision.deniedWith)]).toEqual([
            true,
            false,
          ]);
        }
      }
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(Object.entries(seen).filter(([, times]) => times < RUNS / 100)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);
