import type {
  RoleBlueprint,
  SharedRole,
  Stack,
  Issuer,
  SharedRoles,
} from '../blueprint/blueprint.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { trustPolicyDocument } from '../iam/trust-policy.ts';
import { accountTexts } from './accounts/account-texts.ts';
import { hcl } from './escape/hcl.ts';
import { Expression, type PrintableObject } from './expression.ts';

export type StackView = ReturnType<typeof stackView>;
export type RoleView = ReturnType<typeof roleView>;

/** What the HCL and the CDKTF templates print, the same for both. Absent attributes are `undefined`. */
export function stackView(stack: Stack, issuer: Issuer) {
  const { aws, provider } = stack;
  const providerArn = providerArnOf(stack);
  const own = stack.roles.filter(({ label }) => !stack.shared.has(label));
  return {
    region: aws.region,
    accountIds: aws.accountId === undefined ? undefined : [aws.accountId],
    creates: provider.mode === 'create',
    url: issuer.url,
    audiences: provider.mode === 'create' ? issuer.audiences : undefined,
    thumbprints: provider.thumbprints.length > 0 ? provider.thumbprints : undefined,
    providerArn,
    roles: own.map((role) => roleView(role, providerArn, ALONE)),
  };
}

/** What a role gets from where it is written. */
interface AccountParts {
  /** Whether the role may be missing in an account. */
  readonly isOptional: boolean;
  /** What stands in front of the role's own tags. */
  readonly tags: Expression | undefined;
  /** For a role that names no boundary of its own. */
  readonly permissionsBoundary: Expression | undefined;
}

const ALONE: AccountParts = { isOptional: false, tags: undefined, permissionsBoundary: undefined };

/** The roles that accounts have in common, as they are written once for all of them. */
export function sharedRoleViews({ roles, takes }: SharedRoles): RoleView[] {
  const providerArn = new Expression('var.provider_arn', 'gitlab.arn');
  return roles.map((role) =>
    roleView(role, providerArn, {
      isOptional: !role.isEverywhere,
      tags: takes.tags ? new Expression('var.tags', 'account.tags') : undefined,
      permissionsBoundary: takes.permissionsBoundary
        ? new Expression('var.permissions_boundary', 'account.permissionsBoundary')
        : undefined,
    }),
  );
}

function roleView(
  role: RoleBlueprint | SharedRole,
  providerArn: Expression,
  { isOptional, tags, permissionsBoundary }: AccountParts,
) {
  const address = `aws_iam_role.${role.label}`;
  const one = isOptional ? `${address}[0]` : address;
  const name = new Expression(`${one}.name`, `${role.constant}.name`);
  return {
    label: role.label,
    constant: role.constant,
    isOptional,
    /** How many there are in an account, for the role and for what belongs to it. */
    count: isOptional
      ? new Expression(`contains(var.roles, ${hcl(role.name)}) ? 1 : 0`, '')
      : undefined,
    countOfParts: isOptional ? new Expression(`length(${address})`, '') : undefined,
    name: role.name,
    path: role.path === '/' ? undefined : role.path,
    description: role.description === '' ? undefined : role.description,
    maxSessionDuration:
      role.sessionDuration === QUOTAS.sessionMin ? undefined : role.sessionDuration,
    permissionsBoundary: role.permissionsBoundary ?? permissionsBoundary,
    tags: tagsOf(role.tags, tags),
    trustPolicy: trustPolicyDocument(role.trust, providerArn),
    trustStatements: role.trust,
    managedPolicies: role.managedPolicies.map(({ label, arn }) => ({
      label,
      role: name,
      arn: accountTexts(arn),
    })),
    inlinePolicies: role.inlinePolicies.map((policy) => ({
      label: policy.label,
      name: policy.name,
      role: name,
      document: accountTexts(policy.document),
    })),
    arn: new Expression(`${one}.arn`, `${role.constant}.arn`),
    all: new Expression(address, ''),
  };
}

interface TagsView {
  readonly own: PrintableObject | undefined;
  readonly account: Expression | undefined;
}

function tagsOf(
  tags: RoleBlueprint['tags'],
  account: Expression | undefined,
): TagsView | undefined {
  const own = Object.keys(tags).length > 0 ? tags : undefined;
  return own || account ? { own, account } : undefined;
}

/** The OIDC provider's ARN as each language refers to it. */
function providerArnOf({ provider }: Stack): Expression {
  const block = provider.mode === 'create' ? '' : 'data.';
  return new Expression(`${block}aws_iam_openid_connect_provider.gitlab.arn`, 'gitlab.arn');
}
