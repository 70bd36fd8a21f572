import type { RoleGrant } from '../blueprint.ts';

/** What one role grants a project or group, before and after. */
export interface GrantPair {
  readonly before: RoleGrant | undefined;
  readonly after: RoleGrant | undefined;
}

/**
 * The grants in the order of after, then those that are gone. A project is the same by what its subject says of it: its
 * path or, where it holds only that, its id; else by its path, with another form of subject.
 */
export function pairGrants(before: readonly RoleGrant[], after: readonly RoleGrant[]): GrantPair[] {
  const left = new Set(before);
  const pairs = new Map<RoleGrant, RoleGrant>();
  for (const keyOf of [subjectKey, pathKey]) {
    const earlier = new Map([...left].map((grant) => [keyOf(grant), grant]));
    for (const grant of after.filter((one) => !pairs.has(one))) {
      const found = earlier.get(keyOf(grant));
      if (found && left.delete(found)) pairs.set(grant, found);
    }
  }
  return [
    ...after.map((grant) => ({ before: pairs.get(grant), after: grant })),
    ...[...left].map((grant) => ({ before: grant, after: undefined })),
  ];
}

function subjectKey(grant: RoleGrant): string {
  return grant.components.includes('project_path') ? pathKey(grant) : `id ${grant.id ?? ''}`;
}

function pathKey({ kind, path }: RoleGrant): string {
  return `${kind} ${path}`;
}
