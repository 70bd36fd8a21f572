import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { gitlabIssuers } from '../../src/access/gitlab-issuers.ts';
import { read } from './near-policies.ts';

const HOST = 'arn:aws:iam::123456789012:oidc-provider/git.acme.io';

function policy(provider: string, condition: unknown) {
  return read({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition,
    },
  });
}

const open = policy(HOST, { StringEquals: { 'git.acme.io:aud': 'https://git.acme.io' } });
const scoped = policy(HOST, {
  StringEquals: { 'git.acme.io:sub': 'project_path:acme/web:ref_type:branch:ref:main' },
});

test('a host of any name is a GitLab to every role once one role trusts it with a GitLab subject', () => {
  const isGitlab = gitlabIssuers([open, scoped]);
  const { grants, undetermined } = accessOf({ policy: open }, isGitlab);
  expect(undetermined).toEqual([]);
  expect(grants.map(({ who }) => who.kind)).toEqual(['any']);
});

test('a host that nothing shows to be GitLab is left open, and reported as open', () => {
  expect(accessOf({ policy: open }, gitlabIssuers([open]))).toEqual({
    grants: [],
    undetermined: [{ kind: 'other-issuer', issuer: 'git.acme.io' }],
  });
});

test('GitHub is not a GitLab, whatever its subject looks like', () => {
  const github = 'token.actions.githubusercontent.com';
  const arn = `arn:aws:iam::123456789012:oidc-provider/${github}`;
  const odd = policy(arn, { StringEquals: { [`${github}:sub`]: 'project_path:acme/web' } });
  expect(gitlabIssuers([odd], [github])(github)).toBe(false);
});

test('a GitLab below a path of a host is known by that path', () => {
  const isGitlab = gitlabIssuers([]);
  expect(isGitlab('git.acme.io/gitlab')).toBe(true);
  expect(isGitlab('git.acme.io/gitlabel')).toBe(false);
});
