import type { LintContext } from '../../src/lint/lint-context.ts';
import { allow, com, GITLAB_COM, MAIN, own, policy, SELF_MANAGED } from '../iam/vectors/vector.ts';

/** A policy that breaks one rule alone, and its twin that breaks none. */
export interface RuleCase {
  readonly id: string;
  readonly broken: Linted;
  readonly fixed: Linted;
  /** Where the finding points. */
  readonly path: string;
}

interface Linted {
  readonly policy: unknown;
  readonly context?: LintContext;
}

const ID = { 'gitlab.com:project_id': '20' };
const SAFE = com({ StringEquals: { 'gitlab.com:sub': MAIN, ...ID } });
const OWN_MAIN = {
  StringEquals: { 'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main' },
};
const OWN_SAFE = own(OWN_MAIN);

/** One statement that trusts both providers. */
function ofBoth(condition: object): unknown {
  const both = { Principal: { Federated: [GITLAB_COM, SELF_MANAGED] } };
  return policy(allow(GITLAB_COM, condition, both));
}

const AUDIENCE = 'https://gitlab.com';
const AT_SUB = 'Statement[0].Condition.StringEquals["gitlab.com:sub"]';
const AT_PATTERN = 'Statement[0].Condition.StringLike["gitlab.com:sub"]';

/** A subject under an operator, id pinned; the twin is the exact subject. */
function subject(operator: string, text: string, more: Record<string, string> = {}): Linted {
  return {
    policy: policy(
      allow(GITLAB_COM, {
        [operator]: { 'gitlab.com:sub': text, ...(operator === 'StringEquals' && ID), ...more },
        ...(operator !== 'StringEquals' && { StringEquals: { ...ID } }),
      }),
    ),
  };
}

/** A pattern with no id to save it. */
function unpinned(text: string): Linted {
  return { policy: com({ StringLike: { 'gitlab.com:sub': text } }) };
}

function known(context: LintContext): Linted {
  return { policy: SAFE, context };
}

/** A role with an inline policy of one Allow statement. */
function carrying(statement: object): Linted {
  const document = { Statement: [{ Effect: 'Allow', ...statement }] };
  return known({ attachedPolicies: [{ name: 'inline', document }] });
}

const safe: Linted = { policy: SAFE };

export const CASES: readonly RuleCase[] = [
  {
    id: 'OIDC001',
    broken: {
      policy: own({ StringEquals: { 'gitlab.example.com:aud': 'https://gitlab.example.com' } }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition',
  },
  {
    id: 'OIDC002',
    broken: unpinned('project_path:*/web:ref_type:branch:ref:main'),
    fixed: safe,
    path: AT_PATTERN,
  },
  {
    id: 'OIDC003',
    broken: unpinned('project_path:acme-*/web:ref_type:branch:ref:main'),
    fixed: safe,
    path: AT_PATTERN,
  },
  { id: 'OIDC004', broken: unpinned('project_path:acme*'), fixed: safe, path: AT_PATTERN },
  {
    id: 'OIDC005',
    broken: unpinned('project_id:20*'),
    fixed: unpinned('project_id:20:ref_type:branch:ref:main'),
    path: AT_PATTERN,
  },
  {
    id: 'OIDC006',
    broken: {
      policy: own({
        StringEquals: { 'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main' },
        'ForAllValues:StringEquals': { 'gitlab.example.com:project_id': '20' },
      }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition["ForAllValues:StringEquals"]["gitlab.example.com:project_id"]',
  },
  {
    id: 'OIDC007',
    broken: {
      policy: own({
        StringEquals: { 'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main' },
        StringEqualsIfExists: { 'gitlab.example.com:project_id': '20' },
      }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEqualsIfExists["gitlab.example.com:project_id"]',
  },
  {
    id: 'OIDC008',
    broken: { policy: com({ StringNotEquals: { 'gitlab.com:sub': MAIN } }) },
    fixed: safe,
    path: 'Statement[0].Condition.StringNotEquals["gitlab.com:sub"]',
  },
  {
    id: 'OIDC009',
    broken: subject('StringEquals', 'project_path:acme/web:*'),
    fixed: subject('StringLike', 'project_path:acme/web:ref_type:branch:ref:main'),
    path: AT_SUB,
  },
  {
    id: 'OIDC010',
    broken: { policy: com({ StringEquals: { 'gitlab.example.com:sub': MAIN, ...ID } }) },
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:sub"]',
  },
  {
    id: 'OIDC011',
    broken: { policy: com({ StringEquals: { 'https://gitlab.com:sub': MAIN, ...ID } }) },
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["https://gitlab.com:sub"]',
  },
  {
    id: 'OIDC012',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:environment': 'production' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:environment"]',
  },
  {
    id: 'OIDC013',
    broken: {
      policy: own({
        StringEquals: {
          'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main',
          'gitlab.example.com:project_id': '20',
        },
      }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:project_id"]',
  },
  {
    id: 'OIDC014',
    broken: subject('StringEquals', 'project_path:acme/web:ref_type:mr:ref:main'),
    fixed: safe,
    path: AT_SUB,
  },
  {
    id: 'OIDC015',
    broken: subject('StringEquals', 'project_path:acme/web:environment:production'),
    fixed: safe,
    path: AT_SUB,
  },
  {
    id: 'OIDC016',
    broken: known({ clientIds: ['https://gitlab.com/'], ciAudience: 'https://gitlab.com' }),
    fixed: known({ clientIds: ['https://gitlab.com'], ciAudience: 'https://gitlab.com' }),
    path: 'ciAudience',
  },
  {
    id: 'OIDC017',
    broken: known({ providerUrl: 'https://gitlab.com/' }),
    fixed: known({ providerUrl: 'https://gitlab.com' }),
    path: 'providerUrl',
  },
  {
    id: 'OIDC018',
    broken: known({ sessionName: 'acme/web' }),
    fixed: known({ sessionName: 'gitlab-20-4711', roleName: 'web', rolePath: '/ci/' }),
    path: 'sessionName',
  },
  {
    id: 'OIDC019',
    broken: known({ maxSessionDuration: 3599 }),
    fixed: known({ maxSessionDuration: 3600, durationSeconds: 900 }),
    path: 'maxSessionDuration',
  },
  {
    id: 'OIDC020',
    broken: known({ trustPolicyQuota: 200 }),
    fixed: known({ trustPolicyQuota: 2048 }),
    path: 'Statement',
  },
  {
    id: 'OIDC022',
    broken: subject('StringEquals', MAIN.replace('main', 'refs/heads/main')),
    fixed: safe,
    path: AT_SUB,
  },
  {
    id: 'OIDC023',
    broken: subject('StringEquals', MAIN.replace('main', '${BRANCH}')),
    fixed: subject('StringEquals', MAIN.replace('main', '${$}{BRANCH}')),
    path: AT_SUB,
  },
  {
    id: 'OIDC024',
    broken: subject('StringEquals', MAIN.replace('main', '発売')),
    fixed: subject('StringEquals', MAIN.replace('main', 'été')),
    path: AT_SUB,
  },
  {
    id: 'OIDC025',
    broken: {
      policy: policy(
        allow(
          GITLAB_COM,
          { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } },
          { Action: 'sts:AssumeRole' },
        ),
      ),
    },
    fixed: safe,
    path: 'Statement[0].Action',
  },
  {
    id: 'OIDC026',
    broken: {
      policy: policy({
        ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
        Principal: '*',
      }),
    },
    fixed: safe,
    path: 'Statement[0].Principal',
  },
  {
    id: 'OIDC027',
    broken: { policy: OWN_SAFE, context: { thumbprints: ['AA:BB'] } },
    fixed: { policy: OWN_SAFE, context: { thumbprints: ['a'.repeat(40)] } },
    path: 'thumbprints[0]',
  },
  {
    id: 'OIDC101',
    broken: { policy: com({ StringEquals: { 'gitlab.com:sub': MAIN } }) },
    fixed: safe,
    path: AT_SUB,
  },
  {
    id: 'OIDC102',
    broken: {
      policy: com({
        StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' },
        StringEquals: { 'gitlab.com:namespace_id': '7' },
      }),
    },
    fixed: safe,
    path: AT_PATTERN,
  },
  {
    id: 'OIDC103',
    broken: subject('StringLike', 'project_path:acme/web:ref_type:branch:ref:release*'),
    fixed: {
      policy: com({
        StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:release*' },
        StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
      }),
    },
    path: AT_PATTERN,
  },
  {
    id: 'OIDC104',
    broken: subject('StringLike', 'project_path:acme/web:ref_type:*:ref:main'),
    fixed: safe,
    path: AT_PATTERN,
  },
  {
    id: 'OIDC105',
    broken: subject('StringLike', 'project_path:acme/web:ref_type:tag:ref:v*'),
    fixed: {
      policy: com({
        StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:tag:ref:v*' },
        StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
      }),
    },
    path: AT_PATTERN,
  },
  {
    id: 'OIDC106',
    broken: {
      policy: com({
        StringEquals: {
          'gitlab.com:sub': [MAIN, MAIN.replace('web', 'api')],
          'gitlab.com:project_id': ['20', '21'],
        },
      }),
    },
    fixed: {
      policy: policy(
        allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
        allow(GITLAB_COM, {
          StringEquals: {
            'gitlab.com:sub': MAIN.replace('web', 'api'),
            'gitlab.com:project_id': '21',
          },
        }),
      ),
    },
    path: 'Statement[0].Condition',
  },
  {
    id: 'OIDC107',
    broken: known({ thumbprints: ['a'.repeat(40)] }),
    fixed: known({ thumbprints: [] }),
    path: 'thumbprints',
  },
  {
    id: 'OIDC108',
    broken: known({ attachedPolicies: [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] }),
    fixed: known({ attachedPolicies: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC109',
    broken: { policy: own({ StringEquals: { 'gitlab.example.com:sub': MAIN } }) },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:sub"]',
  },
  {
    id: 'OIDC110',
    broken: known({ maxSessionDuration: 7200 }),
    fixed: known({ maxSessionDuration: 3600 }),
    path: 'maxSessionDuration',
  },
  {
    id: 'OIDC111',
    broken: known({ clientIds: ['https://gitlab.com', 'https://vault.acme.example'] }),
    fixed: known({ clientIds: ['https://gitlab.com'] }),
    path: 'Statement[0].Condition',
  },
  {
    id: 'OIDC017',
    broken: {
      policy: policy(
        allow(`${SELF_MANAGED}:8443`, {
          StringEquals: {
            'gitlab.example.com:8443:sub': 'project_id:20:ref_type:branch:ref:main',
          },
        }),
      ),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC010',
    broken: known({ providerUrl: 'https://gitlab.example.com' }),
    fixed: known({ providerUrl: 'https://gitlab.com' }),
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC016',
    broken: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:aud': 'https://gitlab.com', ...ID },
      }),
      context: { clientIds: ['sts.amazonaws.com'], ciAudience: 'sts.amazonaws.com' },
    },
    fixed: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:aud': 'sts.amazonaws.com', ...ID },
      }),
      context: { clientIds: ['sts.amazonaws.com'], ciAudience: 'sts.amazonaws.com' },
    },
    path: 'Statement[0].Condition.StringEquals["gitlab.com:aud"]',
  },
  {
    id: 'OIDC019',
    broken: known({ maxSessionDuration: 3600, durationSeconds: 7200 }),
    fixed: known({ maxSessionDuration: 3600, durationSeconds: 3600 }),
    path: 'durationSeconds',
  },
  {
    id: 'OIDC108',
    broken: known({
      roleName: 'web',
      attachedPolicies: [
        {
          name: 'self',
          document: {
            Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: 'arn:aws:iam::*:role/w*' }],
          },
        },
      ],
    }),
    fixed: known({
      roleName: 'web',
      attachedPolicies: [
        {
          name: 'other',
          document: {
            Statement: { Effect: 'Allow', Action: ['iam:*'], Resource: 'arn:aws:iam::*:role/x*' },
          },
        },
      ],
    }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC108',
    broken: carrying({ Action: 'iam:CreatePolicyVersion', Resource: '*' }),
    fixed: carrying({
      Action: 'iam:CreatePolicyVersion',
      Resource: 'arn:aws:iam::123456789012:policy/own',
    }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC108',
    broken: carrying({ Action: 'iam:CreateAccessKey', NotResource: 'arn:aws:iam::*:user/x' }),
    fixed: carrying({ Action: 'iam:CreateAccessKey', NotResource: '*' }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC108',
    broken: carrying({
      NotAction: ['iam:Pass*', 'sts:*', 'lambda:*', 'glue:*', 'ssm:*'],
      Resource: '*',
    }),
    fixed: carrying({ NotAction: ['iam:*', 'sts:*'], Resource: '*' }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC112',
    broken: carrying({ Action: ['iam:PassRole', 's3:*'], Resource: '*' }),
    fixed: carrying({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:role/task' }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC113',
    broken: carrying({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/*' }),
    fixed: carrying({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::123456789012:role/next' }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC114',
    broken: carrying({ Action: ['iam:PassRole', 'lambda:*'], Resource: '*' }),
    fixed: carrying({ Action: 'lambda:*', Resource: '*' }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC114',
    broken: known({ attachedPolicies: [{ arn: 'arn:aws:iam::aws:policy/PowerUserAccess' }] }),
    fixed: known({
      attachedPolicies: [{ arn: 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess' }],
    }),
    path: 'attachedPolicies[0]',
  },
  {
    id: 'OIDC117',
    broken: {
      policy: com({ StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': 20 } }),
    },
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:project_id"]',
  },
  {
    id: 'OIDC028',
    broken: { policy: com({ StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' } }) },
    fixed: safe,
    path: 'Statement[0].Condition',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:ref_protected': 'True' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:ref_protected"]',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:runner_environment': 'gitlab_hosted' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:runner_environment"]',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:pipeline_source': 'merge_request' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:pipeline_source"]',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:user_access_level': '40' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:user_access_level"]',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:namespace_id': 'acme' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:namespace_id"]',
  },
  {
    id: 'OIDC029',
    broken: subject('StringEquals', MAIN, { 'gitlab.com:user_id': '007' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:user_id"]',
  },
  {
    id: 'OIDC029',
    broken: {
      policy: com({ StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': [] } }),
    },
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:project_id"]',
  },
  {
    id: 'OIDC030',
    broken: { policy: com({ ArnLike: { 'gitlab.com:sub': 'project_path:acme/*' } }) },
    fixed: safe,
    path: 'Statement[0].Condition.ArnLike["gitlab.com:sub"]',
  },
  {
    id: 'OIDC031',
    broken: subject('StringEquals', MAIN, { 'sts:ExternalId': 'x' }),
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["sts:ExternalId"]',
  },
  {
    id: 'OIDC032',
    broken: {
      policy: policy(allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }), {
        Effect: 'Deny',
        NotPrincipal: { AWS: '123456789012' },
        Action: 'sts:AssumeRole',
      }),
    },
    fixed: safe,
    path: 'Statement[1].NotPrincipal',
  },
  {
    id: 'OIDC033',
    broken: {
      policy: policy(
        allow(
          GITLAB_COM,
          { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } },
          { Sid: 'my deploy' },
        ),
      ),
    },
    fixed: {
      policy: policy(
        allow(
          GITLAB_COM,
          { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } },
          { Sid: 'MyDeploy1' },
        ),
      ),
    },
    path: 'Statement[0].Sid',
  },
  {
    id: 'OIDC034',
    broken: {
      policy: policy(
        allow('arn:aws:iam::123456789012:oidc-provider/git.acme.example', {
          StringEquals: { 'git.acme.example:aud': 'sts.amazonaws.com' },
        }),
      ),
    },
    fixed: {
      policy: policy(
        allow('arn:aws:iam::123456789012:oidc-provider/git.acme.example', {
          StringEquals: {
            'git.acme.example:sub': 'project_id:20:ref_type:branch:ref:main',
          },
        }),
      ),
    },
    path: 'Statement[0].Condition',
  },
  {
    id: 'OIDC035',
    broken: {
      policy: policy(
        allow(SELF_MANAGED, OWN_MAIN),
        allow(
          SELF_MANAGED,
          { StringNotEquals: { 'gitlab.example.com:ref_protected': 'true' } },
          { Effect: 'Deny' },
        ),
      ),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC035',
    broken: {
      policy: policy(
        allow(
          GITLAB_COM,
          { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } },
          { Principal: { Federated: [GITLAB_COM, SELF_MANAGED] } },
        ),
      ),
    },
    fixed: safe,
    path: 'Statement[0].Principal.Federated[1]',
  },
  {
    id: 'OIDC035',
    broken: {
      policy: policy(
        allow(GITLAB_COM.replace('123456789012', '222222222222'), {
          StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
        }),
      ),
      context: { account: '111111111111' },
    },
    fixed: { ...safe, context: { account: '123456789012' } },
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC007',
    broken: {
      policy: ofBoth({
        StringEqualsIfExists: {
          'gitlab.com:sub': MAIN,
          ...ID,
          ...OWN_MAIN.StringEquals,
          'gitlab.example.com:project_id': '20',
        },
      }),
    },
    fixed: {
      policy: ofBoth({
        StringEqualsIfExists: { 'gitlab.com:sub': MAIN, ...ID, ...OWN_MAIN.StringEquals },
      }),
    },
    path: 'Statement[0].Condition.StringEqualsIfExists["gitlab.example.com:project_id"]',
  },
  {
    id: 'OIDC101',
    broken: { policy: com({ StringEquals: { 'gitlab.com:sub': MAIN } }) },
    fixed: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN },
        NumericEquals: { 'gitlab.com:project_id': '20' },
      }),
    },
    path: AT_SUB,
  },
  {
    id: 'OIDC115',
    broken: subject('StringEquals', 'project_path:acme/web:ref_type:branch'),
    fixed: safe,
    path: AT_SUB,
  },
  {
    id: 'OIDC116',
    broken: {
      policy: com({ StringEqualsIfExists: { 'gitlab.com:sub': MAIN }, StringEquals: ID }),
    },
    fixed: safe,
    path: 'Statement[0].Condition.StringEqualsIfExists["gitlab.com:sub"]',
  },
  {
    id: 'OIDC001',
    broken: { policy: own({ StringEquals: { 'gitlab.example.com:aud': MAIN } }) },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:aud"]',
  },
  {
    id: 'OIDC017',
    broken: {
      policy: policy({
        ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/*' },
      }),
    },
    fixed: safe,
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC022',
    broken: {
      policy: own({
        StringEquals: {
          'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:main:deployment_tier:prod',
        },
      }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:sub"]',
  },
  {
    id: 'OIDC022',
    broken: {
      policy: own({
        StringEquals: { 'gitlab.example.com:sub': 'project_id:020:ref_type:branch:ref:main' },
      }),
    },
    fixed: { policy: OWN_SAFE },
    path: 'Statement[0].Condition.StringEquals["gitlab.example.com:sub"]',
  },
  {
    id: 'OIDC025',
    broken: {
      policy: policy({
        ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
        Action: ['sts:AssumeRoleWithWebIdentity', 's3:GetObject'],
      }),
    },
    fixed: safe,
    path: 'Statement[0].Action',
  },
  {
    id: 'OIDC031',
    broken: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/*' },
      }),
    },
    fixed: safe,
    path: 'Statement[0].Condition.ArnLike["aws:PrincipalArn"]',
  },
  {
    id: 'OIDC033',
    broken: {
      policy: policy(
        { ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }), Sid: 'One' },
        { ...allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }), Sid: 'One' },
      ),
    },
    fixed: safe,
    path: 'Statement[1].Sid',
  },
  {
    id: 'OIDC035',
    broken: {
      policy: policy(allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }), {
        ...allow(GITLAB_COM, { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }),
        Effect: 'Deny',
      }),
    },
    fixed: safe,
    path: 'Statement[0].Principal.Federated',
  },
  {
    id: 'OIDC119',
    broken: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
        IpAddress: { 'aws:SourceIpAddress': '203.0.113.0/24' },
      }),
    },
    fixed: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      }),
    },
    path: 'Statement[0].Condition.IpAddress["aws:SourceIpAddress"]',
  },
  {
    id: 'OIDC119',
    broken: {
      policy: policy(allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }), {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { NumericGreaterThan: { 'sts:Duration': '3600' } },
      }),
    },
    fixed: safe,
    path: 'Statement[1].Condition.NumericGreaterThan["sts:Duration"]',
  },
  {
    id: 'OIDC118',
    broken: {
      policy: com({ StringEquals: { 'gitlab.com:sub': MAIN, ...ID, 'gitlab.com:aud': MAIN } }),
    },
    fixed: safe,
    path: 'Statement[0].Condition.StringEquals["gitlab.com:aud"]',
  },
  {
    id: 'OIDC118',
    broken: {
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, ...ID, 'gitlab.com:aud': [AUDIENCE, MAIN] },
      }),
      context: { clientIds: [AUDIENCE] },
    },
    fixed: {
      policy: com({ StringEquals: { 'gitlab.com:sub': MAIN, ...ID, 'gitlab.com:aud': MAIN } }),
      context: { clientIds: [MAIN] },
    },
    path: 'Statement[0].Condition.StringEquals["gitlab.com:aud"][1]',
  },
  {
    id: 'OIDC201',
    broken: subject(
      'StringEquals',
      'project_path:acme/web:ref_type:branch:ref:${sts:RoleSessionName}',
    ),
    fixed: safe,
    path: AT_SUB,
  },
];
