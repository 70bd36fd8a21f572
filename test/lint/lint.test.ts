import { expect, test } from '@jest/globals';
import type { LintContext } from '../../src/lint/lint-context.ts';
import { lint } from '../../src/lint/lint.ts';
import { allow, com, GITLAB_COM, MAIN, own, policy } from '../iam/vectors/vector.ts';
import { trustPolicy } from '../iam/trust-policy.ts';

const ID = { 'gitlab.com:project_id': '20' };

function ids(json: unknown, context?: LintContext): string[] {
  return lint(trustPolicy(json), context).findings.map(({ id }) => id);
}

test('a policy that does not trust a GitLab is not checked, whatever else is known', () => {
  const service = policy({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const report = lint(trustPolicy(service), { maxSessionDuration: 1 });
  expect(report).toEqual({ findings: [], judged: 0, grade: 'not-judged', reasons: [] });
});

test('an issuer without the form or the name of GitLab is checked once it is declared to be one', () => {
  const code = policy(
    allow('arn:aws:iam::123456789012:oidc-provider/code.example.com', {
      StringLike: { 'code.example.com:sub': '*' },
    }),
  );
  expect(ids(code)).toEqual([]);
  expect(ids(code, { issuers: ['https://code.example.com'] })).toEqual(['OIDC002']);
});

test('a role that every token may assume is checked, though it names no GitLab', () => {
  const everyone = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' };
  expect(lint(trustPolicy(policy(everyone))).grade).toBe('dangerous');
  const network = { ...everyone, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
  expect(lint(trustPolicy(policy(network))).grade).toBe('dangerous');
  const accounts = { ...everyone, Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
  expect(lint(trustPolicy(policy(accounts))).grade).toBe('not-judged');
});

test('a role that nobody may assume is not called safe, and one reason is enough', () => {
  const exact = allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } });
  const denied = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity' };
  expect(ids(policy(exact, denied))).toEqual(['OIDC035']);
  expect(ids(com({ StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:ref': 'main' } }))).toEqual([
    'OIDC012',
  ]);
});

test('what a Deny statement excludes is not reported', () => {
  const open = allow(GITLAB_COM, { StringLike: { 'gitlab.com:sub': '*' } });
  const others = { StringNotEquals: { 'gitlab.com:sub': MAIN } };
  const report = lint(trustPolicy(policy(open, { ...allow(GITLAB_COM, others), Effect: 'Deny' })));
  expect(report.findings.map(({ id }) => id)).toEqual(['OIDC101']);
});

test('a tag-session statement next to the exchange is not a mistake', () => {
  const both = policy(
    allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
    allow(GITLAB_COM, undefined, { Action: 'sts:TagSession' }),
  );
  expect(ids(both)).toEqual([]);
});

test('a pinned project id keeps a wide pattern inside that project', () => {
  expect(ids(com({ StringLike: { 'gitlab.com:sub': '*' }, StringEquals: ID }))).toEqual([
    'OIDC103',
  ]);
});

test('a list with one open value is open, and the finding points at that value', () => {
  const { findings } = lint(
    trustPolicy(
      com({ StringLike: { 'gitlab.com:sub': [MAIN, 'project_path:acme*'] }, StringEquals: {} }),
    ),
  );
  expect(findings.map(({ id, path }) => `${id} ${path}`)).toEqual([
    'OIDC004 Statement[0].Condition.StringLike["gitlab.com:sub"][1]',
    'OIDC101 Statement[0].Condition.StringLike["gitlab.com:sub"][0]',
  ]);
});

test('a statement that is not a list has no index', () => {
  const { findings } = lint(trustPolicy({ Version: '2012-10-17', Statement: allow(GITLAB_COM) }));
  expect(findings.map(({ path }) => path)).toEqual(['Statement.Condition']);
});

test('what a wildcard may have matched is not called impossible: the ref is main, a branch or a tag', () => {
  expect(
    ids(com({ StringLike: { 'gitlab.com:sub': 'project_path:acme/web*:main' }, StringEquals: ID })),
  ).toEqual(['OIDC104']);
});

test('every subject of a self-managed instance is looked at', () => {
  const two = [MAIN, MAIN.replace('web', 'api')];
  expect(ids(own({ StringEquals: { 'gitlab.example.com:sub': two } }))).toEqual([
    'OIDC109',
    'OIDC109',
  ]);
});

test('a dangerous grade gives the dangers alone as reasons', () => {
  const report = lint(
    trustPolicy(com({ StringLike: { 'gitlab.com:sub': 'project_path:acme*' } })),
    { maxSessionDuration: 7200 },
  );
  expect(report.grade).toBe('dangerous');
  expect(report.reasons).toEqual([
    'OIDC004 Statement[0].Condition.StringLike["gitlab.com:sub"]: "project_path:acme*" has no slash after the group, so it matches every group whose name begins that way',
  ]);
});

test("a port in the provider's URL is one mistake", () => {
  const json = com({ StringEquals: { 'gitlab.com:sub': MAIN, ...ID } });
  expect(ids(json, { providerUrl: 'https://gitlab.com:443' })).toEqual(['OIDC017']);
});

test('a variable that the token fills cannot be determined, and is not called a mistake', () => {
  const sub = MAIN.replace('main', '${gitlab.com:user_login}');
  expect(ids(com({ StringEquals: { 'gitlab.com:sub': sub, ...ID } }))).toEqual(['OIDC201']);
});
