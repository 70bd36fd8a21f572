import type { Grant, GrantTerms, Limit } from '../access/grant.ts';
import { hasWildcard } from '../iam/subject.ts';

/** How far a grant reaches among the projects of its instance. */
export type Width =
  'any-project' | 'top-group-prefix' | 'top-group-wildcard' | 'id-prefix' | 'group' | 'project';

export function widthOf({ who, limits }: GrantTerms): Width {
  if (who.idPinned || who.kind === 'project' || isLimitedTo(limits, 'project_path'))
    return 'project';
  if (who.kind === 'group') return 'group';
  if (limits.some(pinsOwner)) return 'group';
  if (who.ids.length > 0) return who.ids.some((id) => /^\d/.test(id)) ? 'id-prefix' : 'any-project';
  return who.path === undefined ? 'any-project' : patternWidth(who.path);
}

/** Pinned to the group that the project is in, or to the user who runs the job. */
function pinsOwner(limit: Limit): boolean {
  return ['namespace_id', 'user_id', 'user_login', 'user_email'].some((claim) =>
    isLimitedTo([limit], claim),
  );
}

/**
 * Whether a claim must have one of some exact values, in letters of any case or not.
 *
 * @param equals `StringEquals` where the case counts: `Main` is another branch than `main`
 */
export function isLimitedTo(
  limits: readonly Limit[],
  claim: string,
  equals: 'StringEquals' | 'any' = 'any',
): boolean {
  return limits.some(
    (limit) =>
      limit.on === 'claim' &&
      limit.claim === claim &&
      limit.values.kind === 'tests' &&
      limit.values.any !== 'all' &&
      limit.values.any.every(({ operator }) =>
        equals === 'any' ? operator.startsWith('StringEquals') : operator === equals,
      ),
  );
}

/** Whether the project or group is known by its path alone. */
export function isByPathOnly(grant: GrantTerms): boolean {
  const { who, limits } = grant;
  if (isOpen(grant) || who.idPinned) return false;
  if (widthOf(grant) === 'group' && limits.some(pinsOwner)) return false;
  return who.path !== undefined || isLimitedTo(limits, 'project_path');
}

function patternWidth(path: string): Width {
  const slash = path.indexOf('/');
  const topGroup = slash < 0 ? path : path.slice(0, slash);
  if (!hasWildcard(topGroup)) return 'group';
  if (hasWildcard(topGroup.slice(0, 1))) return 'any-project';
  return slash < 0 ? 'top-group-prefix' : 'top-group-wildcard';
}

const WIDEST_FIRST: readonly (readonly Width[])[] = [
  ['any-project'],
  ['top-group-prefix'],
  ['top-group-wildcard'],
  ['id-prefix'],
  ['group', 'project'],
];

/** The grants that reach furthest: a subject that any project matches is one mistake, whatever else it admits. */
export function widest(grants: readonly Grant[]): readonly Grant[] {
  const sure = grants.filter(({ witness }) => witness.unread.length === 0);
  for (const widths of WIDEST_FIRST) {
    const found = sure.filter((one) => widths.includes(widthOf(one)));
    if (found.length > 0) return found;
  }
  return [];
}

/** Whether a token must be of a protected ref or environment. */
export function isProtected({ limits }: GrantTerms): boolean {
  return limits.some(
    (limit) =>
      (limit.on === 'protected' && limit.is) || (limit.on === 'environment' && limit.protected),
  );
}

/** Whether somebody outside every named group may hold the project. */
export function isOpen(grant: GrantTerms): boolean {
  return !['group', 'project'].includes(widthOf(grant));
}
