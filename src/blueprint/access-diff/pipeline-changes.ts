import type { Blueprint, RoleBlueprint } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import type { BlueprintPair } from './pair-roles.ts';
import { listed } from './words.ts';

/** The roles with which the pipeline signs in, each by its job. */
export function pipelinePairs(before: Blueprint, after: Blueprint): BlueprintPair[] {
  return (['plan', 'apply'] as const)
    .map((job) => ({ before: before.bootstrap?.[job].role, after: after.bootstrap?.[job].role }))
    .filter((pair) => pair.before ?? pair.after);
}

/**
 * What becomes of a role of the pipeline, which people deploy and no job extends.
 *
 * @param byVariable whether a CI/CD variable names the role
 */
export function pipelineRoleChanges(
  { before, after }: BlueprintPair,
  byVariable: boolean,
): AccessChange[] {
  const change = (
    kind: AccessChange['kind'],
    role: RoleBlueprint,
    text: string,
  ): AccessChange[] => [{ kind, role: role.name, sources: [], text }];
  if (!before) {
    if (!after) return [];
    const may = listed(after.permissions);
    return change('role-added', after, `the bootstrap has role ${after.name}; it may: ${may}`);
  }
  if (!after) {
    const text = `the bootstrap no longer has role ${before.name}; delete what was deployed of it`;
    return change('role-removed', before, text);
  }
  if (before.name === after.name && before.path === after.path) return [];
  const variable = byVariable ? ' and correct the CI/CD variable' : '';
  const text = `role ${before.path}${before.name} of the bootstrap is ${after.path}${after.name} now: deploy the bootstrap${variable}`;
  return change('role-replaced', after, text);
}

/** What becomes of the most that a managed role can do; without a bootstrap on either side, other changes tell. */
export function boundaryChanges(
  { bootstrap: had }: Blueprint,
  { bootstrap: has }: Blueprint,
): AccessChange[] {
  if (!had || !has) return [];
  const only = (some: readonly string[], others: readonly string[]) =>
    some.filter((one) => !others.includes(one));
  const change = (kind: 'gained' | 'lost', may: string, roles: readonly string[]) =>
    roles.length === 0
      ? []
      : [
          {
            kind,
            sources: [],
            text: `roles with the boundary ${has.boundary.name} ${may} ${listed(roles)}`,
          },
        ];
  const [before, after] = [had.boundary.usableRoles, has.boundary.usableRoles];
  return [
    ...change('gained', 'may now assume and pass', only(after, before)),
    ...change('lost', 'may no longer assume or pass', only(before, after)),
  ];
}
