import mainTf from '../../../templates/terraform/main.tf.hbs';
import moduleOutputsTf from '../../../templates/terraform/module/outputs.tf.hbs';
import moduleVariablesTf from '../../../templates/terraform/module/variables.tf.hbs';
import moduleVersionsTf from '../../../templates/terraform/module/versions.tf.hbs';
import rolesTf from '../../../templates/terraform/roles.tf.hbs';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import type { Blueprint, SharedRoles, Stack } from '../../blueprint/blueprint.ts';
import { hcl } from '../escape/hcl.ts';
import { Expression, type PrintableObject } from '../expression.ts';
import type { Files } from '../files.ts';
import { type RoleView, sharedRoleViews, stackView } from '../stack-view.ts';
import { awsProviderFor, hclRole, inFolder, outputsOf, rootFiles } from '../terraform.ts';

/** The folder in which Terraform is run for an account. */
export function accountFolder(name: string): string {
  return `terraform/accounts/${name}`;
}

/** What several accounts have in common as a module, and a root module for each account. */
export function renderAccounts(blueprint: Blueprint, shared: SharedRoles): Files {
  return new Map([
    ...moduleFiles(blueprint, shared),
    ...blueprint.stacks.flatMap((stack) => [...rootOf(stack, blueprint, shared)]),
  ]);
}

function moduleFiles({ stacks }: Blueprint, shared: SharedRoles): Files {
  const withoutThumbprints = stacks.some(
    ({ provider }) => provider.mode === 'create' && provider.thumbprints.length === 0,
  );
  const roles = sharedRoleViews(shared);
  if (roles.length === 0) return new Map();
  return inFolder('terraform/modules/gitlab-oidc', [
    ['versions.tf', moduleVersionsTf({ awsProvider: awsProviderFor(withoutThumbprints) })],
    ['variables.tf', moduleVariablesTf({ variables: variablesOf(shared) })],
    ['roles.tf', rolesTf({ roles: roles.map(hclRole) })],
    [
      'outputs.tf',
      moduleOutputsTf({
        roles: {
          description: 'ARN of each role in the account, by its name',
          value: arnsOf(roles),
        },
      }),
    ],
  ]);
}

interface ModuleVariable {
  readonly name: string;
  readonly attributes: PrintableObject;
}

function variablesOf({ roles, takes }: SharedRoles): ModuleVariable[] {
  const variable = (
    name: string,
    description: string,
    type: string,
    more: PrintableObject = {},
  ) => ({
    name,
    attributes: { description, type: new Expression(type, ''), ...more },
  });
  return [
    variable('provider_arn', 'ARN of the IAM OIDC provider of the account', 'string'),
    ...(roles.some(({ isEverywhere }) => !isEverywhere)
      ? [
          variable('roles', 'Names of those roles that not every account has', 'set(string)', {
            default: [],
          }),
        ]
      : []),
    ...(takes.accountId ? [variable('account_id', 'ID of the account', 'string')] : []),
    ...(takes.region ? [variable('region', 'AWS region of the account', 'string')] : []),
    ...(takes.partition ? [variable('partition', 'AWS partition of the account', 'string')] : []),
    ...(takes.permissionsBoundary
      ? [
          variable(
            'permissions_boundary',
            'ARN of the permissions boundary of roles that name no other',
            'string',
            { default: null },
          ),
        ]
      : []),
    ...(takes.tags
      ? [variable('tags', 'Tags of every role in the account', 'map(string)', { default: null })]
      : []),
  ];
}

/** The ARN of each role that an account has, by its name. */
function arnsOf(roles: readonly RoleView[]): Expression | PrintableObject {
  const always = roles.filter(({ isOptional }) => !isOptional);
  const fixed = Object.fromEntries(always.map(({ name, arn }) => [name, arn]));
  const optional = roles.filter(({ isOptional }) => isOptional);
  if (optional.length === 0) return fixed;
  const parts = [
    ...(always.length > 0 ? [hcl(fixed, 4)] : []),
    ...optional.map(({ all }) => `{ for role in ${all.hcl} : role.name => role.arn }`),
  ];
  return new Expression(`merge(\n${parts.map((part) => `    ${part},\n`).join('')}  )`, '');
}

function rootOf(stack: Stack, { issuer }: Blueprint, shared: SharedRoles): Files {
  const view = stackView(stack, issuer);
  const usesModule = stack.shared.size > 0;
  const own = Object.fromEntries(view.roles.map(({ name, arn }) => [name, arn]));
  return inFolder(accountFolder(stack.name ?? ''), [
    ...rootFiles(view, stack.state, usesModule),
    ...(usesModule
      ? [
          [
            'main.tf',
            mainTf({ arguments: argumentsOf(stack, view.providerArn, shared) }),
          ] satisfies Text,
        ]
      : []),
    ...(view.roles.length > 0
      ? [['roles.tf', rolesTf({ roles: view.roles.map(hclRole) })] satisfies Text]
      : []),
    ['outputs.tf', outputsOf(view, usesModule ? withModule(own) : own, false)],
  ]);
}

type Text = [name: string, text: string];

function withModule(own: PrintableObject): Expression {
  const arns = 'module.gitlab_oidc.role_arns';
  if (Object.keys(own).length === 0) return new Expression(arns, '');
  return new Expression(`merge(${arns}, ${hcl(own, 2)})`, '');
}

function argumentsOf(
  { aws, defaults, shared: own }: Stack,
  providerArn: Expression,
  { roles: shared, takes }: SharedRoles,
): PrintableObject {
  const optional = shared.filter(({ isEverywhere, label }) => !isEverywhere && own.has(label));
  const tags = Object.keys(defaults.tags).length > 0 ? defaults.tags : undefined;
  return {
    provider_arn: providerArn,
    roles: optional.length > 0 ? optional.map(({ name }) => name) : undefined,
    account_id: takes.accountId ? (aws.accountId ?? ANY_ACCOUNT) : undefined,
    region: takes.region ? aws.region : undefined,
    partition: takes.partition ? aws.partition : undefined,
    permissions_boundary: defaults.permissionsBoundary,
    tags,
  };
}
