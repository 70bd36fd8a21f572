import type { RoleBlueprint } from '../blueprint.ts';
import { canonical } from '../../compare/canonical.ts';

/** A role before and after; one of them is missing where it is new or removed. */
export interface BlueprintPair {
  readonly before: RoleBlueprint | undefined;
  readonly after: RoleBlueprint | undefined;
}

/**
 * The roles in the order of after, then those that are gone. Roles are the same by name, for which AWS does not regard
 * the case of letters; those left over by who may assume them and what they permit: they were renamed.
 */
export function pairRoles(
  before: readonly RoleBlueprint[],
  after: readonly RoleBlueprint[],
): BlueprintPair[] {
  const earlier = new Map(before.map((role) => [role.name.toLowerCase(), role]));
  const known = after.map(({ name }) => earlier.get(name.toLowerCase()));
  const left = before.filter((role) => !known.includes(role));
  const contents = left.map((role) => ({ role, content: contentOf(role) }));
  const pairs = after.map((role, index): BlueprintPair => {
    const same = known[index];
    if (same) return { before: same, after: role };
    const content = contentOf(role);
    const at = contents.findIndex((other) => other.content === content);
    const [renamed] = at < 0 ? [] : contents.splice(at, 1);
    return { before: renamed?.role, after: role };
  });
  return [...pairs, ...contents.map(({ role }) => ({ before: role, after: undefined }))];
}

function contentOf({ grants, managedPolicies, inlinePolicies }: RoleBlueprint): string {
  return canonical([
    grants.map((grant) => ({
      ...grant,
      id: grant.idPinned ? grant.id : undefined,
      components: grant.components.join(),
    })),
    managedPolicies.map(({ arn }) => arn),
    inlinePolicies.map(({ name, document }) => ({ name, document })),
  ]);
}
