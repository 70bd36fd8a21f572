import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessByShape } from '../../src/access/access-by-shape.ts';
import { accessOf } from '../../src/access/access-of.ts';
import { runs } from '../support/tools/runs.ts';
import { GITLAB_COM, OWN_HOST, policyAround, read, token } from './near-policies.ts';

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

/** Without the functions that find tests in values. */
function plainData(access: unknown): unknown {
  return JSON.parse(JSON.stringify(access));
}

test('a second project of a shape has grants and tokens of its own', () => {
  const ofMany = accessByShape(() => true);
  const of = (path: string, ref: string) =>
    ofMany({
      policy: read({
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: GITLAB_COM },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'gitlab.com:sub': `project_path:${path}:ref_type:tag:ref:${ref}` },
          },
        },
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
