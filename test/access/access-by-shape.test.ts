import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessByShape } from '../../src/access/access-by-shape.ts';
import { accessOf, type RoleAccess } from '../../src/access/access-of.ts';
import { readTrust } from '../../src/access/trust.ts';
import { requestOf } from '../../src/access/witness.ts';
import { isAllowed } from '../../src/iam/evaluate/evaluate.ts';
import { runs } from '../support/tools/runs.ts';
import { deniesIn } from './near-controls.ts';
import { GITLAB_COM, OWN_HOST, allowing, policyAround, read, token } from './near-policies.ts';
import { ONLY_ACME } from '../support/builders/only-acme.ts';

const RUNS = runs(300);
const PROVIDERS = [
  { arn: GITLAB_COM, issuer: 'gitlab.com' },
  { arn: OWN_HOST, issuer: 'gitlab.example.com' },
];

const subject = fc
  .tuple(
    fc.constantFrom('acme/web', 'acme/api', 'other/project', 'x/y', 'a/b.git', 'a/b/c', 'acme'),
    fc.constantFrom('branch', 'tag', 'Branch'),
    fc.constantFrom(
      'main',
      'v1.0',
      'a.lock',
      'refs/heads/x',
      'HEAD',
      'some-branch',
      'a/b',
      '*',
      '${x}',
    ),
  )
  .map(([path, type, ref]) => `project_path:${path}:ref_type:${type}:ref:${ref}`);

const condition = fc.constantFrom<Record<string, Record<string, unknown>>>(
  {},
  { StringEquals: { 'gitlab.com:project_id': '20' } },
  { StringLike: { 'gitlab.com:aud': 'https://*' } },
  { StringNotEquals: { 'gitlab.com:user_login': 'ann' } },
  { StringEquals: { 'gitlab.com:user_login': '${gitlab.com:sub}' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
);

/** One subject under any operator, among what else a statement and a Deny may ask. */
const plain = fc
  .record({
    operator: fc.constantFrom(
      'StringEquals',
      'StringLike',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'ForAllValues:StringEquals',
      'StringLikeIfExists',
    ),
    host: fc.constantFrom('gitlab.com', 'gitlab.example.com'),
    federated: fc.constantFrom<unknown>(GITLAB_COM, OWN_HOST, [GITLAB_COM, OWN_HOST]),
    subjects: fc.array(subject, { minLength: 1, maxLength: 2 }),
    also: condition,
    denied: fc.option(condition),
    deniedSubject: fc.option(subject),
  })
  .map(({ operator, host, federated, subjects, also, denied, deniedSubject }) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: federated },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          ...also,
          [operator]: { ...also[operator], [`${host}:sub`]: subjects },
        },
      },
      ...(denied
        ? [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: '*',
              Condition: {
                ...denied,
                ...(deniedSubject !== null && {
                  ArnLike: {},
                  StringEqualsIgnoreCase: { 'gitlab.com:sub': deniedSubject },
                }),
              },
            },
          ]
        : []),
    ],
  }));

test(`policies of one shape have the access that each has alone, ${RUNS} times`, () => {
  const ofMany = accessByShape(() => true);
  fc.assert(
    fc.property(fc.oneof(plain, token.chain(policyAround)), (document) => {
      const trust = { policy: read(document), providers: PROVIDERS };
      expect(plainData(ofMany(trust))).toEqual(plainData(accessOf(trust)));
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

const groups = fc.constantFrom('acme', 'other', 'x');
const control = fc
  .record({
    operator: fc.constantFrom('StringNotLike', 'StringLike', 'StringNotLikeIfExists'),
    host: fc.constantFrom('gitlab.com', 'gitlab.com', 'gitlab.example.com'),
    group: groups,
    also: condition,
    isAnySubject: fc.boolean(),
  })
  .map(({ operator, host, group, also, isAnySubject }) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:*',
        Resource: '*',
        Condition: {
          ...also,
          ...(!isAnySubject && { Null: { [`${host}:sub`]: 'false' } }),
          [operator]: {
            ...also[operator],
            [`${host}:sub`]: [`project_path:${group}/*`, 'project_id:815:*'],
          },
        },
      },
    ],
  }));

test(`so they have under RCPs, with tokens of their own, ${RUNS} times`, () => {
  const ofMany = accessByShape(() => true);
  fc.assert(
    fc.property(plain, control, (document, guard) => {
      const trust = { policy: read(document), providers: PROVIDERS, denies: deniesIn(guard) };
      const [found, alone] = [ofMany(trust), accessOf(trust)];
      expect(withoutTokens(found)).toEqual(withoutTokens(alone));
      for (const { witness } of found.grants.filter((one) => one.witness.unread.length === 0)) {
        const issuer = (witness.claims['iss'] ?? '').slice('https://'.length);
        expect(isAllowed(readTrust(trust), requestOf(witness, issuer))).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);

/** What a token holds where nothing asks for it may be anything. */
function withoutTokens({ grants, undetermined }: RoleAccess): unknown {
  return plainData({ grants: grants.map(({ witness: _, ...one }) => one), undetermined });
}

/** Without the functions that find tests in values. */
function plainData(access: unknown): unknown {
  return JSON.parse(JSON.stringify(access));
}

test('a second project of a shape has grants and tokens of its own', () => {
  const ofMany = accessByShape(() => true);
  const of = (path: string, ref: string) =>
    ofMany({
      policy: allowing({
        StringEquals: { 'gitlab.com:sub': `project_path:${path}:ref_type:tag:ref:${ref}` },
      }),
    }).grants.map(({ who, refs, witness: { claims } }) => [
      who.path,
      refs,
      [claims['sub'], claims['project_path'], claims['namespace_path'], claims['ref']],
    ]);
  expect(of('acme/web', 'main')).toEqual([
    [
      'acme/web',
      [{ type: 'tag', name: 'main' }],
      ['project_path:acme/web:ref_type:tag:ref:main', 'acme/web', 'acme', 'main'],
    ],
  ]);
  expect(of('b/c/d', 'v1')).toEqual([
    [
      'b/c/d',
      [{ type: 'tag', name: 'v1' }],
      ['project_path:b/c/d:ref_type:tag:ref:v1', 'b/c/d', 'b/c', 'v1'],
    ],
  ]);
});

const SUBJECT = 'project_path:b/c:ref_type:tag:ref:v1';

const allow = (federated: unknown, condition: unknown) => ({
  Effect: 'Allow',
  Principal: { Federated: federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
  Condition: condition,
});

test.each<[string, unknown[], unknown[]]>([
  [
    'a second statement that admits more keeps its grants',
    [
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': SUBJECT } }),
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:project_id': '20' } }),
    ],
    ['b/c', undefined],
  ],
  [
    'a provider to which the subject says nothing keeps its grants',
    [allow([GITLAB_COM, OWN_HOST], { StringEqualsIfExists: { 'gitlab.com:sub': SUBJECT } })],
    ['b/c', undefined],
  ],
  [
    'a ref that git refuses is not taken for another',
    [allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': `${SUBJECT}.lock` } })],
    [],
  ],
])('%s', (_, statements, paths) => {
  const policy = read({ Version: '2012-10-17', Statement: statements });
  const { grants } = accessByShape(() => true)({ policy });
  expect(grants.map(({ who }) => who.path)).toEqual(paths);
});

/** How many analyses several policies take: each asks once whether the provider is a GitLab. */
function analysesOf(documents: readonly unknown[], isGitlab = () => true): number {
  let count = 0;
  const ofMany = accessByShape(() => {
    count++;
    return isGitlab();
  });
  for (const document of documents) {
    const trust = { policy: read(document), providers: PROVIDERS };
    const expected = accessOf(trust, isGitlab);
    expect(plainData(ofMany(trust))).toEqual(plainData(expected));
  }
  return count;
}

const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
const exactly = (path: string, ref: string, type = 'branch') =>
  `project_path:${path}:ref_type:${type}:ref:${ref}`;
const under = (operator: string, sub: unknown, more: object = {}) =>
  document(allow(GITLAB_COM, { [operator]: { 'gitlab.com:sub': sub }, ...more }));

test.each([
  ['acme/api', 'main'],
  ['b/c', 'v1.0'],
  ['acme/web', 'release/1.0'],
  ['acme/sub-group/my_project', 'feature/a-b_c/d'],
  ['a1/b2/c3/d4', '1'],
  ['A/B', 'X.y'],
])('a policy for %s and %s is not analyzed again', (path, ref) => {
  for (const operator of ['StringEquals', 'StringLike', 'ForAnyValue:StringEquals']) {
    const first = under(operator, exactly('acme/web', 'main'));
    expect(analysesOf([first, under(operator, exactly(path, ref))])).toBe(1);
  }
});

test('statements that deny something else do not matter', () => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: '*',
    Condition: { StringEquals: { 'gitlab.com:project_id': '20' } },
  };
  const of = (path: string) =>
    document(deny, allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': exactly(path, 'v1') } }));
  expect(analysesOf([of('acme/web'), of('b/c')])).toBe(1);
});

test('an RCP is settled for each subject, so that no policy under it is analyzed again', () => {
  let count = 0;
  const ofMany = accessByShape(() => {
    count++;
    return true;
  });
  const denies = deniesIn({ Version: '2012-10-17', Statement: [ONLY_ACME] });
  const paths = ['acme/web', 'acme/api', 'evil/web', 'evil/api'].map((path) => {
    const policy = read(under('StringEquals', exactly(path, 'v1')));
    return ofMany({ policy, denies }).grants.map(({ who }) => who.path);
  });
  expect(paths).toEqual([['acme/web'], ['acme/api'], [], []]);
  // One analysis for those that the RCP leaves alone, and one for those that it denies.
  expect(count).toBe(2);
});

test('the audiences that a provider accepts are part of a shape', () => {
  const ofMany = accessByShape(() => true);
  const asked = { StringNotEquals: { 'gitlab.com:aud': 'a' } };
  const policy = read(under('StringEquals', exactly('b/c', 'v1'), asked));
  for (const clientIds of [['a', 'b'], ['a', 'c'], ['a']]) {
    const trust = { policy, providers: [{ arn: GITLAB_COM, issuer: 'gitlab.com', clientIds }] };
    expect(plainData(ofMany(trust))).toEqual(plainData(accessOf(trust)));
  }
});

test('policies with a variable are analyzed one by one', () => {
  const waits = (path: string) =>
    under('StringEquals', exactly(path, 'v1'), {
      StringLike: { 'gitlab.com:user_login': ['x', '${aws:Via}'], 'gitlab.com:user_id': '1' },
    });
  expect(analysesOf([waits('acme/web'), waits('b/c')])).toBe(2);
});

const FIRST = under('StringEquals', exactly('acme/web', 'main'));
const SECOND = exactly('b/c', 'v1');

test.each<[string, unknown]>([
  ['a tag', under('StringEquals', exactly('b/c', 'v1', 'tag'))],
  ['another operator', under('StringLike', SECOND)],
  ['IfExists', under('StringEqualsIfExists', SECOND)],
  ['a set operator', under('ForAllValues:StringEquals', SECOND)],
  ['another condition', under('StringEquals', SECOND, { Bool: { 'aws:SecureTransport': 'true' } })],
  ['another version', { ...under('StringEquals', SECOND), Version: '2008-10-17' }],
  [
    'another account',
    document(
      allow(GITLAB_COM.replace('123456789012', '210987654321'), {
        StringEquals: { 'gitlab.com:sub': SECOND },
      }),
    ),
  ],
  ['two subjects', under('StringEquals', [SECOND, exactly('b/d', 'v1')])],
  ['no subject', under('StringEquals', [])],
  ['a pattern', under('StringLike', exactly('b/*', 'v1'))],
  ['a negated operator', under('StringNotEquals', SECOND)],
  ['any letter case', under('StringEqualsIgnoreCase', SECOND)],
  [
    'a variable',
    under('StringEquals', SECOND, { StringLike: { 'gitlab.com:user_login': ['x', '${aws:Via}'] } }),
  ],
  [
    'a second subject under another operator',
    under('StringEquals', SECOND, { StringLike: { 'gitlab.com:sub': 'project_path:b/*' } }),
  ],
  [
    'a Deny on the subject',
    document(allow(GITLAB_COM, { StringEquals: { 'gitlab.com:project_id': '20' } }), {
      ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': SECOND } }),
      Effect: 'Deny',
    }),
  ],
  [
    'a second statement',
    document(
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': SECOND } }),
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:project_id': '20' } }),
    ),
  ],
  ['no statement that allows', document({ ...allow(GITLAB_COM, {}), Effect: 'Deny' })],
  [
    'a Deny on the subject alone',
    document({
      ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': SECOND } }),
      Effect: 'Deny',
    }),
  ],
  ['no condition', document(allow(GITLAB_COM, {}))],
])('a policy with %s is analyzed for itself', (_, other) => {
  expect(analysesOf([FIRST])).toBe(1);
  expect(analysesOf([other])).toBeLessThanOrEqual(1);
  expect(analysesOf([FIRST, other])).toBe(1 + analysesOf([other]));
});

test.each([
  ['acme', 'main'],
  ['acme/', 'main'],
  ['/web', 'main'],
  ['acme//web', 'main'],
  ['acme/-web', 'main'],
  ['-acme/web', 'main'],
  ['acme/web.git', 'main'],
  ['acme/w*b', 'main'],
  ['acme/web', 'HEAD'],
  ['acme/web', 'refs/heads/x'],
  ['acme/web', 'a.lock'],
  ['acme/web', 'a.lock/b'],
  ['acme/web', 'a..b'],
  ['acme/web', 'a//b'],
  ['acme/web', 'a/.b'],
  ['acme/web', '-a'],
  ['acme/web', '.a'],
  ['acme/web', 'a.'],
  ['acme/web', 'a/'],
  ['acme/web', 'a b'],
  ['acme/web', ''],
  ['acme/web', 'main:x'],
])('the subject of %s and %s is analyzed for itself, for it is not plain', (path, ref) => {
  for (const operator of ['StringEquals', 'StringLike']) {
    const first = under(operator, exactly('b/c', 'v1'));
    expect(analysesOf([first, under(operator, exactly(path, ref))])).toBe(2);
    expect(analysesOf([first, under(operator, `x${exactly('acme/web', 'main')}`)])).toBe(2);
  }
});

test('a ref that begins as a name that git refuses is plain', () => {
  for (const ref of ['HEADER', 'refs', 'a.lockfile', 'x/refs/y', 'x/HEAD']) {
    expect(analysesOf([FIRST, under('StringEquals', exactly('b/c', ref))])).toBe(1);
  }
});

test('a role of an issuer that is not a GitLab has the same answer for each subject', () => {
  const other = under('StringEquals', exactly('b/c', 'v1'));
  expect(analysesOf([FIRST, other], () => false)).toBe(1);
});
