import type { KeyReference } from './reference-of-key.ts';

/** The keys about what must exist before the pipeline signs in, and about the policies of the organization. */
export const ORGANIZATION_REFERENCE: Readonly<Record<string, KeyReference>> = {
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
    default: 'the account itself; required if several accounts use one bucket',
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
};
