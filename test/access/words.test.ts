import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { grantInWords, reasonInWords } from '../../src/access/words.ts';
import { GITLAB_COM, read } from './near-policies.ts';

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
    'acme/web: branch main, pipeline source push or schedule, aws:sourceip 203.0.113.0/24',
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
    'acme/web: branch main, where the condition ForAnyValue:ArnLikeIfExists aws:sourcevpcarn "arn:a" or "arn:b" holds, which cannot be determined',
  ],
])('%s', (_, condition, words) => {
  expect(wordsOf(condition)).toEqual([words]);
});

test('a bound is announced with its figure', () => {
  expect(reasonInWords({ kind: 'too-many', counted: 'combinations', bound: 50_000 })).toBe(
    'cannot be determined: more than 50,000 combinations',
  );
});
