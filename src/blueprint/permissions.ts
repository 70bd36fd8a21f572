import type { Permissions } from '../answers/schema.ts';
import { managedPolicyArn } from '../iam/arn.ts';
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

type RolePermissions = Pick<RoleBlueprint, 'managedPolicies' | 'inlinePolicies' | 'permissions'>;

/** What a role may do: each pack becomes one inline policy. */
export function permissionsOf(
  permissions: Permissions,
  roleLabel: string,
  context: PackContext,
): RolePermissions {
  const inlinePolicies: InlinePolicy[] = [];
  const words: string[] = [];
  const inline = (name: string, document: PolicyValue, permits: readonly string[]) => {
    inlinePolicies.push({ label: `${roleLabel}_${labelOf(name)}`, name, document, permits });
  };
  for (const { pack, options } of givenPacks(permissions)) {
    const permits = pack.describe(options);
    inline(pack.policyName(options), permissionPolicy(pack.statements(options, context)), permits);
    words.push(...permits);
  }
  for (const { name, policy } of permissions.inline_policies ?? []) {
    inline(name, policy as PolicyValue, []);
    words.push(`inline policy ${name}`);
  }
  const names = permissions.managed_policies ?? [];
  words.push(...names.map((nameOrArn) => `managed policy ${nameOrArn}`));
  const managedPolicies = attachmentsOf(
    names.map((nameOrArn) => managedPolicyArn(context.partition, nameOrArn)),
    roleLabel,
  );
  return { managedPolicies, inlinePolicies, permissions: words };
}

/**
 * Managed policies with their labels. Those of AWS and of an account may have one name, and nobody can rename those of
 * AWS, which so get the plain label first. It does not depend on the order of the answers.
 */
function attachmentsOf(
  arns: readonly string[],
  roleLabel: string,
): RolePermissions['managedPolicies'] {
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
