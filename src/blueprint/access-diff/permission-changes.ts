import type { FactChange } from '../../compare/facts.ts';
import { managedPolicyName } from '../../iam/arn.ts';
import type { InlinePolicy, RoleBlueprint } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { listed } from './words.ts';

/** What a role may do that it could not, and the reverse: in words, what `compare` found. */
export function permissionChanges(
  before: RoleBlueprint,
  after: RoleBlueprint,
  facts: readonly FactChange[],
): AccessChange[] {
  const named = ({ inlinePolicies }: RoleBlueprint) =>
    new Map(inlinePolicies.map((policy) => [policy.name, policy]));
  const [had, has] = [named(before), named(after)];
  const { name: role } = after;
  const changes = facts.flatMap((fact) => {
    if (fact.on !== 'policy') return [];
    const [earlier, later] = [had.get(fact.policy), has.get(fact.policy)];
    return [{ isInline: earlier !== undefined || later !== undefined, fact, earlier, later }];
  });
  return [true, false].flatMap((isInline) =>
    changes
      .filter((change) => change.isInline === isInline)
      .map(({ fact, earlier, later }): AccessChange => ({
        kind: fact.direction,
        role,
        sources: [],
        text: isInline
          ? inlineText(role, earlier, later)
          : `${role} ${fact.change === 'added' ? 'gets' : 'loses'} the managed policy ${managedPolicyName(fact.policy)}`,
      })),
  );
}

function inlineText(
  role: string,
  earlier: InlinePolicy | undefined,
  later: InlinePolicy | undefined,
): string {
  if (earlier && later) return changed(earlier, later, role);
  if (later) return `${role} ${gains(later)}`;
  return earlier ? `${role} ${loses(earlier)}` : '';
}

function gains({ name, permits }: InlinePolicy): string {
  return permits.length > 0 ? `may now ${listed(permits)}` : `gets the inline policy ${name}`;
}

function loses({ name, permits }: InlinePolicy): string {
  return permits.length > 0
    ? `may no longer ${listed(permits)}`
    : `loses the inline policy ${name}`;
}

function changed(before: InlinePolicy, after: InlinePolicy, role: string): string {
  const [had, has] = [listed(before.permits), listed(after.permits)];
  if (had === has) return `the inline policy ${after.name} of ${role} has other statements`;
  return `${role} may now ${has}; before: ${had}`;
}
