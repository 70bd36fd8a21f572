import type { State } from '../blueprint/blueprint.ts';
import oidcProviderTf from '../../templates/terraform/oidc-provider.tf.hbs';
import outputsTf from '../../templates/terraform/outputs.tf.hbs';
import providersTf from '../../templates/terraform/providers.tf.hbs';
import rolesTf from '../../templates/terraform/roles.tf.hbs';
import versionsTf from '../../templates/terraform/versions.tf.hbs';
import type { Files } from './files.ts';
import { hcl } from './escape/hcl.ts';
import { Expression, type Printable, type PrintableObject } from './expression.ts';
import type { RoleView, StackView } from './stack-view.ts';

/** The infrastructure of one account without a name as HCL, in the form of `terraform fmt`. */
export function renderTerraform(stack: StackView, state: State): Files {
  const roleArns = Object.fromEntries(stack.roles.map(({ name, arn }) => [name, arn]));
  return inFolder('terraform', [
    ...rootFiles(stack, state),
    ['roles.tf', rolesTf({ roles: stack.roles.map(hclRole) })],
    ['outputs.tf', outputsOf(stack, roleArns)],
  ]);
}

/** Files of Terraform by their paths. */
export function inFolder(folder: string, files: readonly [name: string, text: string][]): Files {
  return new Map(files.map(([name, text]) => [`${folder}/${name}`, text]));
}

/** The AWS provider: 5.81 is the first that takes an OIDC provider without thumbprints; 7 may change what these files mean. */
export function awsProviderFor(withoutThumbprints: boolean) {
  return {
    source: 'hashicorp/aws',
    version: withoutThumbprints ? '>= 5.81, < 7.0' : '>= 5.0, < 7.0',
  };
}

/**
 * What every root module has: versions and backend, the AWS provider, and the OIDC provider.
 *
 * @param callsModule whether a module that the root calls names the version of the AWS provider
 */
export function rootFiles(
  stack: StackView,
  state: State,
  callsModule = false,
): [name: string, text: string][] {
  return [
    [
      'versions.tf',
      versionsTf({
        // Terraform 1.10 is the first whose S3 backend has a lock file.
        terraformVersion: state.backend === 's3' ? '>= 1.10' : '>= 1.5',
        awsProvider: !callsModule && awsProviderFor(stack.creates && !stack.thumbprints),
        backend: backendView(state),
      }),
    ],
    [
      'providers.tf',
      providersTf({
        awsProvider: { region: stack.region, allowed_account_ids: stack.accountIds },
      }),
    ],
    [
      'oidc-provider.tf',
      oidcProviderTf({
        creates: stack.creates,
        oidcProvider: {
          url: stack.url,
          client_id_list: stack.audiences,
          thumbprint_list: stack.thumbprints,
        },
      }),
    ],
  ];
}

/**
 * The outputs of a root module.
 *
 * @param describes whether they say what they are; among many alike, one does
 */
export function outputsOf(
  { providerArn }: StackView,
  roleArns: PrintableObject | Expression,
  describes = true,
): string {
  return outputsTf({
    provider: {
      description: describes ? 'ARN of the IAM OIDC provider' : undefined,
      value: providerArn,
    },
    roles: {
      description: describes ? 'ARN of each role, for the CI jobs that assume it' : undefined,
      value: roleArns,
    },
  });
}

/** A role as `roles.tf` prints it. */
export function hclRole(role: RoleView) {
  const { count, countOfParts } = role;
  return {
    label: role.label,
    count,
    attributes: {
      name: role.name,
      path: role.path,
      description: role.description,
      max_session_duration: role.maxSessionDuration,
      permissions_boundary: role.permissionsBoundary,
    },
    tags: role.tags && hclTags(role.tags),
    trustPolicy: role.trustPolicy,
    managedPolicies: role.managedPolicies.map(({ label, role: name, arn }) => ({
      label,
      count: countOfParts,
      attributes: { role: name, policy_arn: arn },
    })),
    inlinePolicies: role.inlinePolicies.map(({ label, role: roleName, name, document }) => ({
      label,
      count: countOfParts,
      attributes: { name, role: roleName },
      document,
    })),
  };
}

/** The role's own tags win over those of the account. */
function hclTags({ own, account }: NonNullable<RoleView['tags']>): Printable {
  if (!account) return own ?? {};
  return own ? new Expression(`merge(${account.hcl}, ${hcl(own, 2)})`, '') : account;
}

function backendView(state: State) {
  switch (state.backend) {
    case 'local':
      return false;
    case 's3':
      return {
        type: 's3',
        attributes: {
          bucket: state.bucket,
          key: state.key,
          region: state.region,
          encrypt: true,
          use_lockfile: true,
        },
      };
    case 'gitlab':
      return {
        type: 'http',
        attributes: {
          address: state.address,
          lock_address: `${state.address}/lock`,
          unlock_address: `${state.address}/lock`,
          lock_method: 'POST',
          unlock_method: 'DELETE',
        },
      };
  }
}
