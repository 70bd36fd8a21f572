import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import type { Grant, Limit, Who } from '../../src/access/grant.ts';
import type { Reason } from '../../src/access/questions.ts';
import { grantInWords, limitInWords, reasonInWords, whoInWords } from '../../src/access/words.ts';
import { GITLAB_COM, allowing, read } from './near-policies.ts';

function wordsOf(...conditions: unknown[]): string[] {
  const policy = read({
    Version: '2012-10-17',
    Statement: conditions.map((Condition) => ({
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    })),
  });
  return accessOf({ policy }).grants.map(grantInWords);
}

test.each<[string, object, string]>([
  [
    'a project with its id',
    {
      StringEquals: {
        'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        'gitlab.com:project_id': '20',
      },
    },
    'acme/web (id 20): branch main',
  ],
  [
    'a group',
    {
      StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:tag:ref:v*' },
      StringEquals: { 'gitlab.com:ref_protected': 'true' },
    },
    'every project in acme: tags v*, protected refs only',
  ],
  [
    'sources and addresses',
    {
      StringEquals: {
        'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
        'gitlab.com:pipeline_source': ['push', 'schedule'],
      },
      IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    },
    'acme/web: branch main, pipeline source push or schedule, aws:SourceIp 203.0.113.0/24',
  ],
  [
    'numbers',
    {
      StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main' },
      NumericEquals: { 'gitlab.com:project_id': '20.0' },
      NumericGreaterThanEquals: { 'gitlab.com:namespace_id': '7' },
      NumericLessThan: { 'gitlab.com:user_id': '30' },
    },
    'acme/web (id 20): branch main, namespace_id from 7, user_id below 30',
  ],
  [
    'letters of any case',
    {
      StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main' },
      StringEqualsIgnoreCase: { 'gitlab.com:user_login': 'ann' },
    },
    'acme/web: branch main, user_login ann in any letter case',
  ],
  [
    'ids that are a pattern',
    { StringLike: { 'gitlab.com:sub': 'project_id:2?:ref_type:branch:ref:main' } },
    'every project whose id matches 2?: branch main',
  ],
  [
    'a condition that cannot be followed',
    {
      StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main' },
      'ForAnyValue:ArnLikeIfExists': { 'aws:SourceVpcArn': ['arn:b', 'arn:a'] },
    },
    'acme/web: branch main, where the condition ForAnyValue:ArnLikeIfExists aws:SourceVpcArn "arn:a" or "arn:b" holds, which cannot be determined',
  ],
])('%s', (_, condition, words) => {
  expect(wordsOf(condition)).toEqual([words]);
});

const EVERYONE: Who = { kind: 'any', ids: [], idPinned: false, exceptPaths: [] };

test.each<[Partial<Who>, string]>([
  [{}, 'every project'],
  [{ kind: 'group', path: 'acme' }, 'every project in acme'],
  [{ kind: 'pattern', path: 'acme*' }, 'every project whose path matches acme*'],
  [{ kind: 'project', path: 'acme/web' }, 'acme/web'],
  [{ kind: 'project', path: 'acme/web', ids: ['20'] }, 'acme/web (id 20)'],
  [{ kind: 'group', path: 'acme', ids: ['20', '21'] }, 'every project in acme (id 20 or 21)'],
  [{ kind: 'project', ids: ['20'] }, 'the project with id 20'],
  [{ kind: 'project' }, 'the project with any id'],
  [{ exceptPaths: ['acme/web'] }, 'every project except acme/web'],
  [
    { kind: 'group', path: 'acme', exceptPaths: ['acme/a', 'acme/b', 'acme/c'] },
    'every project in acme except acme/a, acme/b and acme/c',
  ],
])('%j is %s', (who, words) => {
  expect(whoInWords({ ...EVERYONE, ...who })).toBe(words);
});

test('refs that are left out follow those that are allowed', () => {
  const [grant] = accessOf({
    policy: allowing({
      StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:tag:ref:v1' },
    }),
  }).grants;
  if (!grant) throw new Error('no grant');
  const some: Grant = {
    ...grant,
    refs: [
      { type: 'branch', name: 'main' },
      { type: 'tag', name: 'v*' },
    ],
    exceptRefs: [{ type: 'tag', name: 'v0' }],
  };
  expect(grantInWords(some)).toBe('acme/web: branch main and tags v* except tag v0');
});

const tests = (any: readonly string[] | 'all', except: readonly string[] = []) => {
  const of = (texts: readonly string[]) =>
    texts.map((value) => ({ operator: 'StringLike', value }) as const);
  return { kind: 'tests', any: any === 'all' ? any : of(any), except: of(except) } as const;
};

test.each<[Limit, string]>([
  [{ on: 'protected', is: true }, 'protected refs only'],
  [{ on: 'protected', is: false }, 'unprotected refs only'],
  [{ on: 'environment', protected: true }, 'protected environments only'],
  [{ on: 'environment', protected: false }, 'unprotected environments only'],
  [{ on: 'tier', any: ['production', 'staging'] }, 'deployment tier production or staging'],
  [{ on: 'source', any: ['push', 'web'] }, 'pipeline source push or web'],
  [{ on: 'runner', any: ['self-hosted'] }, 'self-hosted runners'],
  [{ on: 'runner', any: ['gitlab-hosted', 'self-hosted'] }, 'gitlab-hosted or self-hosted runners'],
  [{ on: 'claim', claim: 'user_login', values: tests(['a*', 'b']) }, 'user_login a* or b'],
  [
    { on: 'claim', claim: 'user_login', values: tests('all', ['a', 'b', 'c']) },
    'user_login any except a, b and c',
  ],
  [{ on: 'claim', claim: 'user_login', values: tests(['a*'], ['ab']) }, 'user_login a* except ab'],
  [
    {
      on: 'claim',
      claim: 'user_access_level',
      values: { kind: 'listed', values: ['owner', undefined] },
    },
    'user_access_level owner or absent',
  ],
  [
    { on: 'request', key: 'aws:via', values: { kind: 'examples', values: ['x', undefined] } },
    'aws:via such as x or absent',
  ],
  [{ on: 'unread', condition: 'C' }, 'where the condition C holds, which cannot be determined'],
])('the limit %j is %s', (limit, words) => {
  expect(limitInWords(limit)).toBe(words);
});

test.each<[Reason, string]>([
  [{ kind: 'too-many', counted: 'combinations', bound: 50_000 }, 'more than 50,000 combinations'],
  [{ kind: 'unread-condition', conditions: ['A', 'B'] }, 'it depends on A and B'],
  [
    { kind: 'contradiction', subject: 'S' },
    'the analysis and the evaluator disagree about S; report this as a fault of the program',
  ],
  [
    { kind: 'other-issuer', issuer: 'git.acme.io' },
    'git.acme.io is not known to be a GitLab instance',
  ],
])('%j is announced as %s', (reason, words) => {
  expect(reasonInWords(reason)).toBe(`cannot be determined: ${words}`);
});
