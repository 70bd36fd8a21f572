import type { Grade } from '../../../src/lint/grade.ts';

/** A trust policy, its grade, and what it says to some tokens. Expected values are reasoned, never recorded. */
export interface Scenario {
  readonly name: string;
  readonly policy: unknown;
  readonly grade: Grade;
  /** Where the expectation comes from. */
  readonly source: string;
  /** The provider that vouches; gitlab.com's by default. */
  readonly provider?: string;
  readonly tokens: readonly Token[];
}

/** What the token is, its claims, and the decision. */
type Token = readonly [
  name: string,
  claims: Readonly<Record<string, unknown>>,
  decision: 'allowed' | 'denied',
];

export const SOURCES = {
  operators:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  sets: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  logic:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
  variables: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
  principal:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  action:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
  notAction:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
  evaluation:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  condition:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
  keys: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
  shared:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  gitlabAws: 'https://docs.gitlab.com/ci/cloud_services/aws/',
  subject: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  protectedTags: 'https://docs.gitlab.com/user/project/protected_tags/',
  refFormat: 'https://git-scm.com/docs/git-check-ref-format',
} as const;

export const GITLAB_COM = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
export const SELF_MANAGED = 'arn:aws:iam::123456789012:oidc-provider/gitlab.example.com';

export const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

/** The token of a push to the protected branch main of acme/web on gitlab.com; `changes` make it another. */
export function token(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    iss: 'https://gitlab.com',
    sub: MAIN,
    aud: 'https://gitlab.com',
    project_id: '20',
    project_path: 'acme/web',
    namespace_id: '7',
    namespace_path: 'acme',
    ref: 'main',
    ref_type: 'branch',
    ref_protected: 'true',
    environment: 'production',
    pipeline_source: 'push',
    runner_environment: 'gitlab-hosted',
    runner_id: 1,
    user_id: '3',
    user_login: 'ann',
    user_email: 'ann@acme.example',
    user_access_level: 'maintainer',
    ...changes,
  };
}

/** A token of a branch of acme/web. */
export function branch(ref: string, changes: Readonly<Record<string, unknown>> = {}) {
  return token({ sub: `project_path:acme/web:ref_type:branch:ref:${ref}`, ref, ...changes });
}

/** A token of a tag of acme/web; GitLab protects none by itself. */
export function tag(ref: string, changes: Readonly<Record<string, unknown>> = {}) {
  const sub = `project_path:acme/web:ref_type:tag:ref:${ref}`;
  return token({ sub, ref, ref_type: 'tag', ref_protected: 'false', ...changes });
}

/** A token of the main branch of a project that is not acme/web. */
export function other(path: string, changes: Readonly<Record<string, unknown>> = {}) {
  const sub = `project_path:${path}:ref_type:branch:ref:main`;
  return token({ sub, project_path: path, project_id: '99', namespace_id: '88', ...changes });
}

export function allow(
  provider: string,
  condition?: unknown,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition !== undefined && { Condition: condition }),
    ...changes,
  };
}

export function policy(...statements: readonly unknown[]): unknown {
  return { Version: '2012-10-17', Statement: statements };
}

/** One statement for gitlab.com. */
export function com(condition: unknown): unknown {
  return policy(allow(GITLAB_COM, condition));
}

/** One statement for gitlab.example.com. */
export function own(condition: unknown): unknown {
  return policy(allow(SELF_MANAGED, condition));
}
