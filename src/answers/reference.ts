/** What of a generated repository an answer changes. */
export const OUTPUTS = {
  provider: '`terraform/oidc-provider.tf` and the provider in `lib/gitlab-oidc-stack.ts`',
  role: 'name, limits and tags of the role in `terraform/roles.tf` and `lib/gitlab-oidc-stack.ts`',
  trust: 'the trust policies in the same files',
  permissions: 'the attached and inline policies in the same files',
  'AWS provider': '`terraform/providers.tf` and the provider in `lib/gitlab-oidc-stack.ts`',
  backend: '`terraform/versions.tf` or the backend in `lib/`, and the pipeline of this repository',
  jobs: '`ci/assume-role.gitlab-ci.yml`, which the jobs of other projects extend',
  pipeline: '`.gitlab-ci.yml`, the pipeline of this repository',
  bootstrap: '`bootstrap/`, and path and boundary of the roles in `terraform/roles.tf`',
  guard: 'the policies of the organization in `org/`',
  README: 'only what `README.md` tells people to do',
  files: 'which files there are',
  check: 'no file: the answer is checked, and the others are accepted or refused',
} as const;

/** What the reference of the answers says of a key beside its description and type in the schema. */
export interface KeyReference {
  /** What holds where the key is left out, in Markdown; absent for a required key without one. */
  readonly default?: string;
  /** The value as YAML. */
  readonly example: string;
  readonly changes: readonly (keyof typeof OUTPUTS)[];
  /** What the key means, where the schema holds an object or a choice that describes itself. */
  readonly meaning?: string;
}

/** Every key of the answers but those of permission packs, which bring their own meaning and example. */
export const KEY_REFERENCE: Readonly<Record<string, KeyReference>> = {
  version: { example: '2', changes: ['check'] },
  'gitlab.url': {
    example: 'https://gitlab.com',
    changes: ['provider', 'trust', 'jobs', 'README'],
  },
  'gitlab.issuer': {
    default: '`gitlab.url`',
    example: 'https://oidc.example.com',
    changes: ['provider', 'trust'],
  },
  'gitlab.audience': {
    default: '`gitlab.url`',
    example: 'sts.amazonaws.com',
    changes: ['provider', 'trust', 'jobs'],
  },
  'gitlab.sub_components': {
    default: '`[project_path, ref_type, ref]`',
    example: '[project_id, ref_type, ref]',
    changes: ['trust', 'README'],
  },
  'gitlab.repository': {
    default: 'a placeholder in the README',
    example: 'mygroup/gitlab-aws-oidc',
    changes: ['README'],
  },
  'aws.partition': {
    meaning: 'AWS partition, the second part of every ARN',
    default: '`aws`',
    example: 'aws-us-gov',
    changes: ['trust', 'permissions', 'jobs'],
  },
  'aws.region': { example: 'eu-west-1', changes: ['AWS provider', 'permissions', 'jobs'] },
  'aws.account_id': {
    default: 'any account; jobs read `AWS_ACCOUNT_ID`',
    example: '"123456789012"',
    changes: ['AWS provider', 'permissions', 'jobs'],
  },
  'aws.quotas.trust_policy': { default: '2048', example: '4096', changes: ['trust', 'role'] },
  'aws.quotas.managed_policies': { default: '10', example: '20', changes: ['check'] },
  'aws.quotas.roles': { default: '1000', example: '5000', changes: ['check'] },
  'provider.mode': { example: 'existing', changes: ['provider'] },
  'provider.thumbprints': {
    default: 'none: AWS verifies the certificate by its own list of authorities',
    example: '[a94a8fe5ccb19ba61c4c0873d391e987982fbbd3]',
    changes: ['provider'],
  },
  'accounts[].name': { example: 'prod', changes: ['files', 'jobs', 'pipeline'] },
  'accounts[].id': {
    default: 'any account; jobs read `AWS_ACCOUNT_ID_` and the name in capitals',
    example: '"123456789012"',
    changes: ['AWS provider', 'permissions', 'jobs'],
  },
  'accounts[].region': {
    default: '`aws.region`',
    example: 'eu-central-1',
    changes: ['AWS provider', 'permissions', 'jobs'],
  },
  'accounts[].provider.mode': {
    default: '`provider`',
    example: 'existing',
    changes: ['provider'],
  },
  'accounts[].provider.thumbprints': {
    default: 'none',
    example: '[a94a8fe5ccb19ba61c4c0873d391e987982fbbd3]',
    changes: ['provider'],
  },
  'accounts[].state.backend': {
    meaning: 'Where Terraform keeps the state of this account',
    default: '`state`',
    example: 's3',
    changes: ['backend'],
  },
  'accounts[].state.bucket': { example: 'prod-terraform-state', changes: ['backend'] },
  'accounts[].state.key': { example: 'gitlab-aws-oidc/terraform.tfstate', changes: ['backend'] },
  'accounts[].state.region': {
    default: 'the region of the account',
    example: 'eu-central-1',
    changes: ['backend'],
  },
  'accounts[].state.name': { example: 'gitlab-aws-oidc-prod', changes: ['backend'] },
  'accounts[].quotas.trust_policy': {
    default: '`aws.quotas`',
    example: '4096',
    changes: ['trust', 'role'],
  },
  'accounts[].quotas.managed_policies': {
    default: '`aws.quotas`',
    example: '20',
    changes: ['check'],
  },
  'accounts[].quotas.roles': { default: '`aws.quotas`', example: '5000', changes: ['check'] },
  'accounts[].permissions_boundary': {
    default: 'none',
    example: 'arn:aws:iam::123456789012:policy/ci-boundary',
    changes: ['role'],
  },
  'accounts[].tags': { default: 'none', example: '{ Stage: prod }', changes: ['role'] },
  'roles[].accounts': {
    default: 'every account',
    example: '[dev, prod]',
    changes: ['role', 'jobs'],
  },
  'roles[].differences': {
    default: 'none',
    example: '{ prod: { refs: { tags: [v*], protected_only: true } } }',
    changes: ['role', 'trust', 'permissions'],
  },
  'roles[].name': { example: 'gitlab-deploy', changes: ['role', 'jobs'] },
  'roles[].description': { default: 'none', example: 'Deploys the shop', changes: ['role'] },
  'roles[].path': { default: '`/`', example: '/gitlab/', changes: ['role', 'jobs'] },
  'roles[].tags': { default: 'none', example: '{ Owner: platform }', changes: ['role'] },
  'roles[].permissions_boundary': {
    default: 'none',
    example: 'arn:aws:iam::123456789012:policy/ci-boundary',
    changes: ['role'],
  },
  'roles[].session_duration': { default: '3600', example: '7200', changes: ['role'] },
  'roles[].projects[].path': { example: 'mygroup/myproject', changes: ['trust'] },
  'roles[].projects[].id': {
    default: 'the path alone identifies the project',
    example: '20',
    changes: ['trust'],
  },
  'roles[].projects[].namespace_id': { default: 'not tested', example: '7', changes: ['trust'] },
  'roles[].projects[].sub_components': {
    default: '`gitlab.sub_components`',
    example: '[project_path, ref_type, ref, ref_protected]',
    changes: ['trust', 'README'],
  },
  'roles[].groups[].path': { example: 'mygroup', changes: ['trust'] },
  'roles[].groups[].namespace_id': {
    default: 'not tested: subgroups are included',
    example: '7',
    changes: ['trust'],
  },
  'roles[].groups[].accept_new_projects': { example: 'true', changes: ['check'] },
  'roles[].refs.branches': {
    default: 'none; `branches` or `tags` is required',
    example: '[main, release/*]',
    changes: ['trust'],
  },
  'roles[].refs.tags': {
    default: 'none; `branches` or `tags` is required',
    example: '[v*]',
    changes: ['trust'],
  },
  'roles[].refs.protected_only': { default: '`false`', example: 'true', changes: ['trust'] },
  'roles[].pipeline_sources': {
    default: 'every source',
    example: '[push, schedule]',
    changes: ['trust'],
  },
  'roles[].runner_environment': {
    default: 'every runner',
    example: 'self-hosted',
    changes: ['trust'],
  },
  'roles[].environment_protected': {
    default: 'not tested; required where the subject has this component',
    example: 'true',
    changes: ['trust'],
  },
  'roles[].deployment_tier': {
    default: 'not tested; required where the subject has this component',
    example: 'production',
    changes: ['trust'],
  },
  'roles[].permissions.managed_policies': {
    default: 'none',
    example: '[job-function/ViewOnlyAccess]',
    changes: ['permissions'],
  },
  'roles[].permissions.inline_policies[].name': {
    example: 'invalidate-cache',
    changes: ['permissions'],
  },
  'roles[].permissions.inline_policies[].policy': {
    example: '{ Version: "2012-10-17", Statement: [] }',
    changes: ['permissions'],
  },
  'roles[].permissions.accept_administrator': {
    default: '`AdministratorAccess` is refused',
    example: 'true',
    changes: ['check'],
  },
  output: { example: 'cdktf', changes: ['files'] },
  'state.backend': {
    meaning: 'Where Terraform keeps its state',
    example: 's3',
    changes: ['backend'],
  },
  'state.bucket': { example: 'my-terraform-state', changes: ['backend'] },
  'state.key': { example: 'gitlab-aws-oidc/terraform.tfstate', changes: ['backend'] },
  'state.region': { default: '`aws.region`', example: 'eu-central-1', changes: ['backend'] },
  'state.name': { example: 'gitlab-aws-oidc', changes: ['backend'] },
  'ci.credentials': { example: 'web-identity', changes: ['jobs'] },
  'ci.job_prefix': { default: '`aws`', example: 'shop-aws', changes: ['jobs'] },
  'ci.promotion': {
    default: 'all accounts together',
    example: '[dev, stage, prod]',
    changes: ['pipeline'],
  },
  'ci.generator': {
    default: '`none`',
    example: 'none',
    changes: ['pipeline', 'README'],
  },
  'ci.generator.package': {
    example: "'@acme/create-gitlab-aws-oidc@1.2.3'",
    changes: ['pipeline'],
  },
  'ci.generator.integrity': {
    default: 'not compared; required for a URL',
    example: 'sha512-…',
    changes: ['pipeline'],
  },
  'bootstrap.role_path': {
    default: '`/gitlab-bootstrap/`',
    example: '/gitlab-bootstrap/',
    changes: ['bootstrap', 'guard'],
  },
  'bootstrap.managed_path': {
    default: '`/gitlab/`',
    example: '/gitlab/',
    changes: ['bootstrap', 'guard', 'role'],
  },
  'bootstrap.plan_role': { default: '`gitlab-plan`', example: 'oidc-plan', changes: ['bootstrap'] },
  'bootstrap.apply_role': {
    default: '`gitlab-apply`',
    example: 'oidc-apply',
    changes: ['bootstrap'],
  },
  'bootstrap.boundary': {
    default: '`gitlab-boundary`',
    example: 'oidc-boundary',
    changes: ['bootstrap', 'guard', 'role'],
  },
  'bootstrap.repository.id': {
    default: 'the ID of the project in `roles`, otherwise its path alone identifies it',
    example: '42',
    changes: ['bootstrap'],
  },
  'bootstrap.repository.namespace_id': {
    default: 'not tested',
    example: '7',
    changes: ['bootstrap'],
  },
  'bootstrap.repository.sub_components': {
    default: 'those of the project in `roles`, otherwise `gitlab.sub_components`',
    example: '[project_id, ref_type, ref]',
    changes: ['bootstrap', 'README'],
  },
  'bootstrap.refs.default_branch': {
    default: '`main`',
    example: 'main',
    changes: ['bootstrap'],
  },
  'bootstrap.refs.plan_protected_only': {
    default: '`false`: merge requests are planned from any branch',
    example: 'true',
    changes: ['bootstrap'],
  },
  'bootstrap.usable_roles': {
    default: 'none: managed roles can neither assume nor pass a role',
    example: '[/app/*]',
    changes: ['bootstrap'],
  },
  'bootstrap.state_account': {
    default: 'the account itself',
    example: '"123456789012"',
    changes: ['bootstrap'],
  },
  'bootstrap.organizational_units': {
    default: 'none: no StackSet',
    example: '[ou-abcd-11112222]',
    changes: ['bootstrap'],
  },
  'bootstrap.admin_role': {
    default: 'none: Terraform uses its own credentials',
    example: 'AWSControlTowerExecution',
    changes: ['bootstrap', 'guard'],
  },
  'organization.groups[].path': { example: 'mygroup', changes: ['guard'] },
  'organization.groups[].namespace_id': {
    default: 'not tested: subgroups are included',
    example: '7',
    changes: ['guard'],
  },
  'organization.groups[].project_ids': {
    default: 'those of the projects in `roles`',
    example: '[4711]',
    changes: ['guard'],
  },
  'organization.protected_role_paths': {
    default: '`bootstrap.role_path` alone',
    example: '[/security/]',
    changes: ['guard'],
  },
  'organization.exceptions': {
    default: '`bootstrap.admin_role`, `AWSControlTowerExecution` and `stacksets-exec-*`',
    example: '[stacksets-exec-*, /admin/break-glass]',
    changes: ['guard'],
  },
  'accepted_edits[].path': { example: 'terraform/roles.tf', changes: ['check'] },
  'accepted_edits[].reason': {
    example: 'The security team reviewed this statement',
    changes: ['check'],
  },
};
