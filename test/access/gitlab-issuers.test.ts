import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { gitlabIssuers, isKnownOther } from '../../src/access/gitlab-issuers.ts';
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

test.each([
  'githubusercontent.com',
  'token.actions.githubusercontent.com',
  'token.actions.acme.ghe.com',
  'oidc.eks.eu-central-1.amazonaws.com/id/ABC',
  'oidc.eks.cn-north-1.amazonaws.com.cn/id/ABC',
  'google.com',
  'accounts.google.com',
  'sts.amazonaws.com',
  'login.microsoftonline.com/tenant/v2.0',
  'oidc.circleci.com/org/1',
  'api.bitbucket.org/2.0/workspaces/gitlab/pipelines-config/identity/oidc',
  'agent.buildkite.com',
  'acme.okta.com',
  'Acme.Auth0.com',
  'app.terraform.io',
])('%s is of another service', (issuer) => {
  expect(isKnownOther(issuer)).toBe(true);
});

test.each([
  'gitlab.com',
  'git.acme.io',
  'githubusercontent.com.acme.io',
  'my.token.actions.acme.io',
  'notgithubusercontent.com',
  'my-oidc.eks.eu-central-1.amazonaws.com.acme.io',
  'oidc.eks.eu-central-1.amazonaws.com.evil.example',
  'git.oidc.eks.eu-central-1.amazonaws.com.cn',
  'oidc.eks..amazonaws.com.cn',
  'oidc.eks.a.b.amazonaws.com.cn',
  'mygoogle.com',
  'google.com.acme.io',
  'my.app.terraform.io',
  'app.terraform.io.acme.io',
  'git.acme.io/app.terraform.io',
])('%s may be a GitLab', (issuer) => {
  expect(isKnownOther(issuer)).toBe(false);
});

test('an issuer is a GitLab by its name, where gitlab is a word of it', () => {
  const isGitlab = gitlabIssuers([]);
  for (const host of ['gitlab.com', 'GitLab.acme.io', 'my-gitlab.acme.io', 'acme.io/gitlab/x']) {
    expect({ host, is: isGitlab(host) }).toEqual({ host, is: true });
  }
  for (const host of ['git.acme.io', 'notgitlab.acme.io', 'gitlabs.acme.io']) {
    expect({ host, is: isGitlab(host) }).toEqual({ host, is: false });
  }
});

test('an issuer that is known to be GitLab is one, in any letter case', () => {
  const isGitlab = gitlabIssuers([], ['Git.Acme.io']);
  expect([isGitlab('git.acme.io'), isGitlab('GIT.ACME.IO')]).toEqual([true, true]);
});

const GITLAB_SUBJECT = 'project_path:acme/web:ref_type:branch:ref:main';

test('one subject of GitLab among others is enough, under a key in any letter case', () => {
  const mixed = policy(HOST, { StringEquals: { 'Git.Acme.io:sub': ['x', GITLAB_SUBJECT] } });
  expect(gitlabIssuers([mixed])('git.acme.io')).toBe(true);
});

test('a statement that trusts everyone shows nothing of an issuer', () => {
  const open = policy('*', { StringEquals: { 'git.acme.io:sub': GITLAB_SUBJECT } });
  expect(gitlabIssuers([open])('git.acme.io')).toBe(false);
});

test('the subject must be compared, with the key of the provider that the statement trusts', () => {
  const audience = policy(HOST, { StringEquals: { 'git.acme.io:aud': GITLAB_SUBJECT } });
  const elsewhere = policy(HOST, { StringEquals: { 'git.other.io:sub': GITLAB_SUBJECT } });
  const isGitlab = gitlabIssuers([audience, elsewhere]);
  expect([isGitlab('git.acme.io'), isGitlab('git.other.io')]).toEqual([false, false]);
});
