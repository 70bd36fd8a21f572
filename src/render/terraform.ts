import type { Blueprint } from '../blueprint/blueprint.ts';
import oidcProviderTf from '../../templates/terraform/oidc-provider.tf.hbs';
import outputsTf from '../../templates/terraform/outputs.tf.hbs';
import providersTf from '../../templates/terraform/providers.tf.hbs';
import rolesTf from '../../templates/terraform/roles.tf.hbs';
import versionsTf from '../../templates/terraform/versions.tf.hbs';
import { alignAssignments } from './escape/hcl.ts';
import type { Files } from './files.ts';
import { stackView } from './stack-view.ts';

/** The infrastructure as HCL, in the form of `terraform fmt`. */
export function renderTerraform(blueprint: Blueprint): Files {
  const stack = stackView(blueprint);
  const { state } = blueprint;
  const files: [string, string][] = [
    [
      'versions.tf',
      versionsTf({
        // Terraform 1.10 is the first whose S3 backend has a lock file.
        terraformVersion: state.backend === 's3' ? '>= 1.10' : '>= 1.5',
        // AWS provider 5.81 is the first that takes an OIDC provider without thumbprints.
        awsProviderVersion: stack.creates && !stack.thumbprints ? '>= 5.81' : '>= 5.0',
        s3: state.backend === 's3' && state,
        http: state.backend === 'gitlab' && {
          address: state.address,
          lockAddress: `${state.address}/lock`,
        },
      }),
    ],
    ['providers.tf', providersTf(stack)],
    ['oidc-provider.tf', oidcProviderTf(stack)],
    ['roles.tf', rolesTf(stack)],
    [
      'outputs.tf',
      outputsTf({
        providerArn: stack.providerArn,
        roleArns: Object.fromEntries(stack.roles.map(({ name, arn }) => [name, arn])),
      }),
    ],
  ];
  return new Map(files.map(([name, text]) => [`terraform/${name}`, alignAssignments(text)]));
}
