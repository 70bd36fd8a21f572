import type { KeyReference } from './reference-of-key.ts';
import { ORGANIZATION_REFERENCE } from './reference-of-organization.ts';

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
  'roles[].per_project': {
    default: '`false`: one role for all projects',
    example: 'true',
    changes: ['role', 'trust', 'permissions', 'jobs'],
  },
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
  ...ORGANIZATION_REFERENCE,
  'accepted_edits[].path': { example: 'terraform/roles.tf', changes: ['check'] },
  'accepted_edits[].reason': {
    example: 'The security team reviewed this statement',
    changes: ['check'],
  },
};
