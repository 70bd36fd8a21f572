import mainTf from '../../templates/bootstrap/main.tf.hbs';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../blueprint/blueprint.ts';
import { BOUNDARY_DESCRIPTION, PARAMETERS } from './bootstrap-template.ts';
import { hcl } from './escape/hcl.ts';
import { Expression, type Printable, type PrintableObject } from './expression.ts';
import { inTerraform } from './marked.ts';

interface TerraformBlock {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly attributes: PrintableObject;
  readonly nested?: { readonly type: string; readonly attributes: PrintableObject } | undefined;
  /** Attributes behind a blank line. */
  readonly document?: PrintableObject;
}

/** The bootstrap as a configuration of Terraform, which makes what the template makes. */
export function bootstrapConfiguration(
  { issuer, stacks }: Blueprint,
  bootstrap: BootstrapBlueprint,
): string {
  const { boundary, thumbprints, stateKey, adminRole, plan, apply } = bootstrap;
  const [{ aws }] = stacks;
  const blocks: TerraformBlock[] = [
    {
      type: 'terraform',
      attributes: { required_version: '>= 1.5' },
      nested: {
        type: 'required_providers',
        // The first that accepts an OIDC provider without thumbprints; 7 may change what this file means.
        attributes: { aws: { source: 'hashicorp/aws', version: '>= 5.81, < 7.0' } },
      },
    },
    variable('account_id', 'string', 'ID of the account', aws.accountId ?? ''),
    variable('create_provider', 'bool', PARAMETERS.provider, bootstrap.createsProvider),
    ...(stateKey === undefined
      ? []
      : [variable('state_key', 'string', PARAMETERS.stateKey, stateKey)]),
    {
      type: 'provider',
      labels: ['aws'],
      attributes: { region: aws.region, allowed_account_ids: [ref('var.account_id')] },
      nested:
        adminRole === undefined
          ? undefined
          : {
              type: 'assume_role',
              attributes: {
                role_arn: ref(`"arn:${aws.partition}:iam::\${var.account_id}:role/${adminRole}"`),
              },
            },
    },
    {
      type: 'resource',
      labels: ['aws_iam_openid_connect_provider', 'gitlab'],
      attributes: { count: ref('var.create_provider ? 1 : 0') },
      document: {
        url: issuer.url,
        client_id_list: [issuer.audience],
        thumbprint_list: thumbprints.length > 0 ? thumbprints : undefined,
      },
    },
    {
      type: 'resource',
      labels: ['aws_iam_policy', 'boundary'],
      attributes: {
        name: boundary.name,
        path: bootstrap.rolePath,
        description: BOUNDARY_DESCRIPTION,
      },
      document: { policy: encoded(inTerraform(boundary.document)) },
    },
    ...roleBlocks('plan', plan),
    ...roleBlocks('apply', apply),
    ...['plan', 'apply'].map((label) => ({
      type: 'output',
      labels: [`${label}_role_arn`],
      attributes: { value: ref(`aws_iam_role.${label}.arn`) },
    })),
  ];
  return mainTf({ blocks: blocks.map((block) => ({ labels: [], ...block })) });
}

function variable(
  name: string,
  type: string,
  description: string,
  value: Printable,
): TerraformBlock {
  return {
    type: 'variable',
    labels: [name],
    attributes: { type: ref(type), description, default: value },
  };
}

function roleBlocks(label: string, { role, trust, policy }: BootstrapRole): TerraformBlock[] {
  const boundary =
    role.permissionsBoundary === undefined ? undefined : 'aws_iam_policy.boundary.arn';
  return [
    {
      type: 'resource',
      labels: ['aws_iam_role', label],
      attributes: {
        name: role.name,
        path: role.path,
        description: role.description,
        permissions_boundary: boundary === undefined ? undefined : ref(boundary),
        // So that it exists before what trusts it.
        depends_on: [ref('aws_iam_openid_connect_provider.gitlab')],
      },
      document: { assume_role_policy: encoded(inTerraform(trust)) },
    },
    {
      type: 'resource',
      labels: ['aws_iam_role_policy', label],
      attributes: { name: policy.name, role: ref(`aws_iam_role.${label}.name`) },
      document: { policy: encoded(inTerraform(policy.document)) },
    },
  ];
}

function encoded(document: Printable): Expression {
  return ref(`jsonencode(${hcl(document, 2)})`);
}

function ref(text: string): Expression {
  return new Expression(text, '');
}
