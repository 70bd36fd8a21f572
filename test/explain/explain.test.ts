import { expect, test } from '@jest/globals';
import { contextOf, issuerOfArn } from '../../src/iam/condition-keys.ts';
import { explain } from '../../src/explain/explain.ts';
import { HINTS } from '../../src/explain/hints.ts';
import {
  allow,
  branch,
  com,
  GITLAB_COM,
  MAIN,
  other,
  own,
  policy,
  SELF_MANAGED,
  tag,
  token,
} from '../iam/vectors/vector.ts';
import { trustPolicy } from '../iam/trust-policy.ts';

function failure(json: unknown, claims: Record<string, unknown>, provider = GITLAB_COM) {
  // Keys of AWS are not claims.
  const time = claims['aws:currenttime'];
  const context = {
    ...contextOf(issuerOfArn(provider) ?? '', claims),
    ...(typeof time === 'string' && { 'aws:currenttime': time }),
  };
  return explain(trustPolicy(json), { principal: provider, context }).statements[0]?.failure;
}

function equals(sub: string | readonly string[], more: Record<string, unknown> = {}): unknown {
  return com({ StringEquals: { 'gitlab.com:sub': sub, ...more } });
}

const ROWS: readonly [string, unknown, Record<string, unknown>, string, string?][] = [
  [
    'provider',
    equals(MAIN),
    token(),
    'the policy trusts the provider gitlab.com, the token is of gitlab.example.com',
    SELF_MANAGED,
  ],
  [
    'provider',
    equals(MAIN),
    token(),
    'the policy names the account 123456789012, the provider is in 210987654321',
    GITLAB_COM.replace('123456789012', '210987654321'),
  ],
  [
    'provider',
    equals(MAIN),
    token(),
    'the policy names the partition aws, the provider is in aws-cn',
    GITLAB_COM.replace('aws:iam', 'aws-cn:iam'),
  ],
  [
    'action',
    policy(allow(GITLAB_COM, undefined, { Action: 'sts:AssumeRole' })),
    token(),
    'the statement covers sts:AssumeRole; a token is exchanged by sts:AssumeRoleWithWebIdentity',
  ],
  [
    'key-url-form',
    com({ StringEquals: { 'https://gitlab.com/:sub': MAIN } }),
    token(),
    'the key "https://gitlab.com/:sub" is a URL; it is written gitlab.com:sub',
  ],
  [
    'key-host',
    com({ StringEquals: { 'gitlab.example.com:sub': MAIN } }),
    token(),
    'the key "gitlab.example.com:sub" belongs to another host; this provider\'s is gitlab.com:sub',
  ],
  [
    'unknown-key',
    com({ StringEquals: { 'gitlab.com:environment': 'production' } }),
    token(),
    'AWS has no key "environment" for gitlab.com: the condition fails for every token',
  ],
  [
    'unknown-key',
    own({ StringEquals: { 'gitlab.example.com:project_id': '20' } }),
    token(),
    'AWS has no key "project_id" for gitlab.example.com, only for gitlab.com: the condition fails for every token',
    SELF_MANAGED,
  ],
  [
    'absent-claim',
    equals(MAIN),
    { aud: 'x' },
    'the request has no "gitlab.com:sub", and an absent key does not match under StringEquals',
  ],
  [
    'excluded',
    com({ StringNotLike: { 'gitlab.com:sub': '*:ref_type:tag:*' } }),
    tag('v1'),
    'StringNotLike shuts out "project_path:acme/web:ref_type:tag:ref:v1"',
  ],
  [
    'wildcard-under-equals',
    equals('project_path:acme/web:*'),
    token(),
    'a wildcard under StringEquals never matches; under StringLike "project_path:acme/web:*" would',
  ],
  [
    'wildcard-under-equals',
    equals('project_path:acme/api:*'),
    token(),
    'a wildcard under StringEquals never matches',
  ],
  [
    'policy-variable',
    equals(MAIN.replace('main', '${BRANCH}')),
    token(),
    '"project_path:acme/web:ref_type:branch:ref:${BRANCH}" holds ${…}, which IAM reads as a policy variable; a literal dollar sign is ${$}',
  ],
  [
    'letter-case',
    equals([MAIN.replace('acme', 'Acme'), MAIN.replace('web', 'api')]),
    token(),
    `"${MAIN}" differs from "${MAIN.replace('acme', 'Acme')}" in letter case only`,
  ],
  [
    'white-space',
    equals(`${MAIN} `),
    token(),
    'differs in white space at the beginning or end only',
  ],
  [
    'environment',
    equals('project_path:acme/web:environment:production'),
    token(),
    'the policy names an environment, which GitLab never writes into the subject',
  ],
  [
    'unknown-ref-type',
    equals('project_path:acme/web:ref_type:mr:ref:main'),
    token(),
    'GitLab has no ref_type "mr": a merge request comes as ref_type:branch with its source branch',
  ],
  [
    'full-ref',
    equals(MAIN.replace('main', 'refs/heads/main')),
    token(),
    'the policy names the full ref "refs/heads/main", a subject holds the short name',
  ],
  [
    'path-form',
    equals(MAIN.replace('acme', '/acme')),
    token(),
    'the policy writes the project as "/acme/web", with a slash too many',
  ],
  [
    'path-form',
    equals(MAIN.replace('acme/web', 'acme/web.git')),
    token(),
    'the policy writes the project as "acme/web.git", with .git',
  ],
  [
    'path-form',
    equals(MAIN.replace('acme/', '')),
    token(),
    'the policy names "web" without its group',
  ],
  [
    'custom-subject',
    equals(MAIN),
    token({ sub: 'project_id:20:ref_type:branch:ref:main' }),
    "the policy expects a subject of project_path, ref_type, ref, the project's tokens have project_id, ref_type, ref (ci_id_token_sub_claim_components)",
  ],
  [
    'other-ref-type',
    equals('project_path:acme/web:ref_type:tag:ref:v1'),
    token(),
    'the policy names a tag, the token a branch',
  ],
  ['other-ref-type', equals(MAIN), tag('main'), 'the policy names a branch, the token a tag'],
  [
    'fork',
    equals(MAIN),
    other('evil/web'),
    `"evil/web" has the name of "acme/web" under another group: a fork's pipeline has the fork's path`,
  ],
  [
    'other-project',
    equals(MAIN),
    other('acme/api'),
    'the policy names the project "acme/web", the token "acme/api"',
  ],
  ['other-ref', equals(MAIN), branch('dev'), 'the policy names the branch "main", the token "dev"'],
  [
    'other-ref',
    equals(MAIN.replace('main', 'release')),
    branch('release/1'),
    'the policy names the branch "release", the token "release/1"; as a prefix it would be "release*"',
  ],
  [
    'missing-wildcard',
    equals('project_path:acme/web'),
    token(),
    '"project_path:acme/web" is only the beginning of "project_path:acme/web:ref_type:branch:ref:main": a pattern is compared with the whole value',
  ],
  [
    'unprotected-ref',
    equals(MAIN, { 'gitlab.com:ref_protected': 'true' }),
    token({ ref_protected: 'false' }),
    "the policy asks for a protected ref and this one is not: a merge request's source branch seldom is",
  ],
  [
    'other-id',
    equals(MAIN, { 'gitlab.com:project_id': '21' }),
    token(),
    'the policy pins the project id 21, the token has 20: the project was created again, was moved, or is a different one',
  ],
  [
    'audience',
    com({ StringEquals: { 'gitlab.com:aud': 'https://gitlab.com/' } }),
    token(),
    'the audiences differ in https:// or in a slash at the end only: "https://gitlab.com/" and "https://gitlab.com"',
  ],
  [
    'audience',
    com({ StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com' } }),
    token(),
    'the job asks for the audience "https://gitlab.com": write aud: sts.amazonaws.com into its id_tokens',
  ],
  [
    'expired',
    com({ DateLessThan: { 'aws:CurrentTime': '2020-01-01' } }),
    token({ 'aws:currenttime': '2026-11-30T00:00:00Z' }),
    'it has expired: it ended at 2020-01-01, and the request is of 2026-11-30T00:00:00Z',
  ],
  [
    'expired',
    com({ DateGreaterThanEquals: { 'aws:CurrentTime': '2030-01-01' } }),
    token({ 'aws:currenttime': '2026-11-30T00:00:00Z' }),
    'it does not hold yet: it begins at 2030-01-01, and the request is of 2026-11-30T00:00:00Z',
  ],
];

// A row without its last cell would get Jest's callback there.
const FULL_ROWS = ROWS.map(
  ([name, json, claims, text, provider]) =>
    [name, json, claims, text, provider ?? GITLAB_COM] as const,
);

test.each(FULL_ROWS)('%s', (name, json, claims, text, provider) => {
  expect(failure(json, claims, provider)).toMatchObject({ hint: name, text });
});

test('every hint is shown', () => {
  expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(
    HINTS.map(({ name }) => name).sort(),
  );
});

test('where no hint fits, it says plainly what differs', () => {
  const json = equals(MAIN, { 'gitlab.com:pipeline_source': ['push', 'web'] });
  expect(failure(json, token({ pipeline_source: 'schedule' }))).toMatchObject({
    text: 'expected "push" or "web", the request has "schedule"',
  });
});

test('a statement that applies has no failure', () => {
  expect(failure(equals(MAIN), token())).toBeUndefined();
});

test('the nearest of several subjects is the one compared', () => {
  const subjects = [
    'project_path:acme/web:ref_type:tag:ref:v1',
    'project_path:acme/api:ref_type:branch:ref:main',
    MAIN,
  ];
  expect(failure(equals(subjects), branch('dev'))?.text).toBe(
    'the policy names the branch "main", the token "dev"',
  );
});
