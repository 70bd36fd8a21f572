import type { Permissions } from '../answers/schema.ts';
import { managedPolicyArn, type Partition } from '../iam/arn.ts';
import type { PackContext } from '../permissions/pack.ts';
import { givenPacks } from '../permissions/packs.ts';
import {
  oneOrMany,
  POLICY_VERSION,
  type PolicyStatement,
  type PolicyValue,
} from '../iam/policy.ts';
import type { InlinePolicy, RoleBlueprint } from './blueprint.ts';
import { foldedLabel, labelOf } from './labels.ts';

/** What a role may do, of which only the documents of inline policies depend on the account. */
export interface DecidedPermissions extends Pick<RoleBlueprint, 'managedPolicies'> {
  readonly inline: readonly DecidedInlinePolicy[];
  readonly words: RoleBlueprint['permissions'];
}

interface DecidedInlinePolicy extends Omit<InlinePolicy, 'document'> {
  readonly documentIn: (context: PackContext) => PolicyValue;
}

/** What a role may do in the accounts of a partition: each pack becomes one inline policy. */
export function decidedPermissions(
  permissions: Permissions,
  roleLabel: string,
  partition: Partition,
): DecidedPermissions {
  const policy = (name: string, permits: readonly string[]) => ({
    label: `${roleLabel}_${labelOf(name)}`,
    name,
    permits,
  });
  const packs = givenPacks(permissions).map(({ pack, options }) => ({
    ...policy(pack.policyName(options), pack.describe(options)),
    documentIn: (context: PackContext) => permissionPolicy(pack.statements(options, context)),
  }));
  const own = (permissions.inline_policies ?? []).map(({ name, policy: document }) => ({
    ...policy(name, []),
    documentIn: () => document as PolicyValue,
  }));
  const names = permissions.managed_policies ?? [];
  return {
    managedPolicies: attachmentsOf(
      names.map((nameOrArn) => managedPolicyArn(partition, nameOrArn)),
      roleLabel,
    ),
    inline: [...packs, ...own],
    words: [
      ...packs.flatMap(({ permits }) => permits),
      ...own.map(({ name }) => `inline policy ${name}`),
      ...names.map((nameOrArn) => `managed policy ${nameOrArn}`),
    ],
  };
}

/** The inline policies of a role in one account. */
export function inlinePoliciesIn(
  { inline }: DecidedPermissions,
  context: PackContext,
): InlinePolicy[] {
  return inline.map(({ label, name, permits, documentIn }) => ({
    label,
    name,
    document: documentIn(context),
    permits,
  }));
}

/**
 * Managed policies with their labels. Those of AWS and of an account may have one name, and nobody can rename those of
 * AWS, which so get the plain label first. It does not depend on the order of the answers.
 */
function attachmentsOf(
  arns: readonly string[],
  roleLabel: string,
): RoleBlueprint['managedPolicies'] {
  const taken = new Set<string>();
  const rank = (arn: string) => `${arn.includes(':iam::aws:') ? 0 : 1} ${arn}`;
  const inOrder = arns.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
  const labels = inOrder.map((arn): [arn: string, label: string] => {
    const label = `${roleLabel}_${labelOf(arn.slice(arn.lastIndexOf('/') + 1))}`;
    let free = label;
    for (let n = 2; taken.has(foldedLabel(free)); n++) free = `${label}_${n}`;
    taken.add(foldedLabel(free));
    return [arn, free];
  });
  const byArn = new Map(labels);
  return arns.map((arn) => ({ label: byArn.get(arn) ?? '', arn }));
}

/** A permission policy of these statements. */
export function permissionPolicy(statements: readonly PolicyStatement[]): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: statements.map((statement) => ({
      ...statement,
      Action: oneOrMany([statement.Action].flat()),
      Resource: oneOrMany([statement.Resource].flat()),
    })),
  };
}
