import { canonical } from '../../compare/canonical.ts';
import { pairRoles as pairsByName, type RolePair } from '../../compare/pair-roles.ts';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import type { RoleBlueprint } from '../blueprint.ts';

/** A role before and after; one of them is missing where it is new or removed. */
export type BlueprintPair = RolePair<RoleBlueprint>;

/**
 * The roles in the order of after, then those that are gone. Roles are the same by name, for which AWS does not regard
 * the case of letters; those left over by who may assume them and what they permit: they were renamed.
 */
export function pairRoles(
  before: readonly RoleBlueprint[],
  after: readonly RoleBlueprint[],
): BlueprintPair[] {
  // What becomes of the account is reported for all roles at once.
  const keyed = (role: RoleBlueprint) => ({ key: { account: ANY_ACCOUNT, name: role.name }, role });
  const byName = pairsByName(before.map(keyed), after.map(keyed));
  const left = byName.flatMap((pair) => (pair.after || !pair.before ? [] : [pair.before.role]));
  const contents = left.map((role) => ({ role, content: contentOf(role) }));
  const pairs = byName.flatMap((pair): BlueprintPair[] => {
    if (!pair.after) return [];
    const { role } = pair.after;
    if (pair.before) return [{ before: pair.before.role, after: role }];
    const content = contentOf(role);
    const at = contents.findIndex((other) => other.content === content);
    const [renamed] = at < 0 ? [] : contents.splice(at, 1);
    return [{ before: renamed?.role, after: role }];
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
