import type { Blueprint, Entry } from '../blueprint.ts';
import {
  byRole,
  numberOf,
  partName,
  partOfIn,
  placedRole,
  type Placement,
  refKey,
  sourceKey,
} from './placement.ts';

/** A project or group that is no longer in its part of a role, since the part has no room for it. */
export interface Displaced {
  readonly source: string;
  /** Names of the IAM roles. */
  readonly from: string;
  readonly to: string;
}

/** What the quota moved out of its part; each once, whatever the accounts. */
export function displaced(
  placement: Placement,
  { stacks }: Pick<Blueprint, 'stacks'>,
): Displaced[] {
  const found = new Map<string, Displaced>();
  const seen = new Set<readonly Entry[]>();
  for (const { name: account, roles } of stacks) {
    for (const [role, parts] of byRole(roles)) {
      const placed = placedRole(placement, role, account);
      const open = parts.filter(({ entries }) => !seen.has(entries));
      if (!placed || open.length === 0) continue;
      const partOf = partOfIn(placed, placement);
      for (const part of open) {
        seen.add(part.entries);
        for (const { grant } of part.entries) {
          const earlier = partOf(sourceKey, grant) ?? partOf(refKey, grant);
          if (earlier === undefined || earlier === numberOf(part)) continue;
          const move = { source: sourceKey(grant), from: partName(role, earlier), to: part.name };
          found.set(JSON.stringify(move), move);
        }
      }
    }
  }
  return [...found.values()];
}
