import type { State } from '../blueprint/blueprint.ts';
import oidcProviderTf from '../../templates/terraform/oidc-provider.tf.hbs';
import outputsTf from '../../templates/terraform/outputs.tf.hbs';
import providersTf from '../../templates/terraform/providers.tf.hbs';
import rolesTf from '../../templates/terraform/roles.tf.hbs';
import versionsTf from '../../templates/terraform/versions.tf.hbs';
import type { Files } from './files.ts';
import type { StackView } from './stack-view.ts';

/** The infrastructure as HCL, in the form of `terraform fmt`. */
export function renderTerraform(stack: StackView, state: State): Files {
  const files: [string, string][] = [
    [
      'versions.tf',
      versionsTf({
        // Terraform 1.10 is the first whose S3 backend has a lock file.
        terraformVersion: state.backend === 's3' ? '>= 1.10' : '>= 1.5',
        awsProvider: {
          source: 'hashicorp/aws',
          // AWS provider 5.81 is the first that takes an OIDC provider without thumbprints; 7 may change what these files mean.
          version: stack.creates && !stack.thumbprints ? '>= 5.81, < 7.0' : '>= 5.0, < 7.0',
        },
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
    [
      'roles.tf',
      rolesTf({
        roles: stack.roles.map((role) => ({
          label: role.label,
          attributes: {
            name: role.name,
            path: role.path,
            description: role.description,
            max_session_duration: role.maxSessionDuration,
            permissions_boundary: role.permissionsBoundary,
          },
          tags: role.tags,
          trustPolicy: role.trustPolicy,
          managedPolicies: role.managedPolicies.map(({ label, role: name, arn }) => ({
            label,
            attributes: { role: name, policy_arn: arn },
          })),
          inlinePolicies: role.inlinePolicies.map(({ label, role: roleName, name, document }) => ({
            label,
            attributes: { name, role: roleName },
            document,
          })),
        })),
      }),
    ],
    [
      'outputs.tf',
      outputsTf({
        providerArn: stack.providerArn,
        roleArns: Object.fromEntries(stack.roles.map(({ name, arn }) => [name, arn])),
      }),
    ],
  ];
  return new Map(files.map(([name, text]) => [`terraform/${name}`, text]));
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
