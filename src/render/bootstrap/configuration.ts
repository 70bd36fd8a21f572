import mainTf from '../../../templates/bootstrap/main.tf.hbs';
import type { Blueprint, BootstrapBlueprint, BootstrapRole } from '../../blueprint/blueprint.ts';

import { hcl } from '../escape/hcl.ts';
import { Expression, type Printable, type PrintableObject } from '../expression.ts';
import { inTerraform, type Interpolations } from './marked.ts';
import { parametersOf } from './parameters.ts';
import { BOUNDARY_DESCRIPTION } from './template.ts';

interface TerraformBlock {
  readonly type: string;
  readonly labels?: readonly string[];
  readonly attributes: PrintableObject;
  readonly nested?: { readonly type: string; readonly attributes: PrintableObject } | undefined;
  /** Attributes behind a blank line. */
  readonly document?: PrintableObject;
}

/** How the configuration names what differs from account to account, and what it begins with for that. */
interface AccountTerms {
  readonly blocks: readonly TerraformBlock[];
  readonly values: Interpolations;
  readonly region: Printable;
  readonly createsProvider: string;
  /** Whether an account can bring its boundary; then `local.boundary` is that of the account. */
  readonly ownBoundaries: boolean;
}

/** The bootstrap as a configuration of Terraform, which makes what the template makes. */
export function bootstrapConfiguration(
  blueprint: Blueprint,
  bootstrap: BootstrapBlueprint,
): string {
  const { issuer, stacks } = blueprint;
  const { boundary, thumbprints, adminRole, accounts, plan, apply } = bootstrap;
  const [{ aws }] = stacks;
  const terms = accounts ? termsOfTable(bootstrap) : termsOfVariables(blueprint, bootstrap);
  const { values, ownBoundaries } = terms;
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
    ...terms.blocks,
    {
      type: 'provider',
      labels: ['aws'],
      attributes: { region: terms.region, allowed_account_ids: [ref(values.account)] },
      nested:
        adminRole === undefined
          ? undefined
          : {
              type: 'assume_role',
              attributes: {
                role_arn: ref(
                  `"arn:${aws.partition}:iam::\${${values.account}}:role/${adminRole}"`,
                ),
              },
            },
    },
    {
      type: 'resource',
      labels: ['aws_iam_openid_connect_provider', 'gitlab'],
      attributes: { count: ref(`${terms.createsProvider} ? 1 : 0`) },
      document: {
        url: issuer.url,
        client_id_list: issuer.audiences,
        thumbprint_list: thumbprints.length > 0 ? thumbprints : undefined,
      },
    },
    {
      type: 'resource',
      labels: ['aws_iam_policy', 'boundary'],
      attributes: {
        count: ownBoundaries ? ref('local.account.boundary == "" ? 1 : 0') : undefined,
        name: boundary.name,
        path: bootstrap.rolePath,
        description: BOUNDARY_DESCRIPTION,
      },
      document: { policy: encoded(inTerraform(boundary.document, values)) },
    },
    ...roleBlocks('plan', plan, boundary.arn, terms),
    ...roleBlocks('apply', apply, boundary.arn, terms),
    ...['plan', 'apply'].map((label) => ({
      type: 'output',
      labels: [`${label}_role_arn`],
      attributes: { value: ref(`aws_iam_role.${label}.arn`) },
    })),
  ];
  return mainTf({
    accounts: accounts !== undefined,
    blocks: blocks.map((block) => ({ labels: [], ...block })),
  });
}

/** Variables, whose defaults are the values of the one account. */
function termsOfVariables(
  { stacks: [{ aws }] }: Blueprint,
  bootstrap: BootstrapBlueprint,
): AccountTerms {
  const variable = (name: string, type: string, description: string, value: Printable) => ({
    type: 'variable',
    labels: [name],
    attributes: { type: ref(type), description, default: value },
  });
  return {
    blocks: [
      variable('account_id', 'string', 'ID of the account', aws.accountId ?? ''),
      ...parametersOf(bootstrap).map(({ name, column, description, value }) =>
        name === 'provider'
          ? variable(column, 'bool', description, value === 'true')
          : variable(column, 'string', description, value),
      ),
    ],
    values: {
      account: 'var.account_id',
      stateKey: 'var.state_key',
      stateBucket: 'var.state_bucket',
    },
    region: aws.region,
    createsProvider: 'var.create_provider',
    ownBoundaries: false,
  };
}

/** The row of an account in the table that the scripts read too. Each account has a workspace, so a state of its own. */
function termsOfTable({ parameters }: BootstrapBlueprint): AccountTerms {
  const ownBoundaries = parameters.boundary !== undefined;
  return {
    blocks: [
      {
        type: 'variable',
        labels: ['account'],
        attributes: { type: ref('string'), description: 'Name of the account in accounts.csv' },
      },
      {
        type: 'locals',
        attributes: {
          accounts: ref(
            '{ for one in csvdecode(file("${path.module}/../accounts.csv")) : one.account => one }',
          ),
          // In the workspace of another account, Terraform would change or destroy what that one has. A `validation` of the
          // variable that names the workspace is not in every version of OpenTofu.
          account: ref(
            'local.accounts[var.account == terraform.workspace ? var.account : "another workspace"]',
          ),
          boundary: ownBoundaries
            ? ref('coalesce(local.account.boundary, one(aws_iam_policy.boundary[*].arn))')
            : undefined,
        },
      },
    ],
    values: {
      account: 'local.account.id',
      stateKey: 'local.account.state_key',
      stateBucket: 'local.account.state_bucket',
    },
    region: ref('local.account.region'),
    createsProvider: 'local.account.create_provider == "true"',
    ownBoundaries,
  };
}

function roleBlocks(
  label: string,
  { role, trust, policy }: BootstrapRole,
  boundaryArn: string,
  { values, ownBoundaries }: AccountTerms,
): TerraformBlock[] {
  const ownBoundary = 'local.boundary';
  const boundary = ownBoundaries ? ownBoundary : 'aws_iam_policy.boundary.arn';
  const known = (text: string) => (ownBoundaries && text === boundaryArn ? ownBoundary : undefined);
  return [
    {
      type: 'resource',
      labels: ['aws_iam_role', label],
      attributes: {
        name: role.name,
        path: role.path,
        description: role.description,
        permissions_boundary: role.permissionsBoundary === undefined ? undefined : ref(boundary),
        // So that it exists before what trusts it.
        depends_on: [ref('aws_iam_openid_connect_provider.gitlab')],
      },
      document: { assume_role_policy: encoded(inTerraform(trust, values)) },
    },
    {
      type: 'resource',
      labels: ['aws_iam_role_policy', label],
      attributes: { name: policy.name, role: ref(`aws_iam_role.${label}.name`) },
      document: { policy: encoded(inTerraform(policy.document, values, known)) },
    },
  ];
}

function encoded(document: Printable): Expression {
  return ref(`jsonencode(${hcl(document, 2)})`);
}

function ref(text: string): Expression {
  return new Expression(text, '');
}
