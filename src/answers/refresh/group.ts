import type { FoundGroup } from '../../gitlab/api/gitlab.ts';
import type { Change } from '../edit/change.ts';
import type { Path } from '../path.ts';
import type { Group } from '../schema.ts';

/** What follows from where a group is now; its id is left alone, since it would allow fewer projects. */
export function refreshGroup(
  given: Group,
  found: FoundGroup | undefined,
  at: Path,
): { changes: Change[]; notes: string[] } {
  if (!found) {
    return { changes: [], notes: [`The group ${given.path} is gone, or hidden from the token.`] };
  }
  if (found.path === given.path) return { changes: [], notes: [] };
  return {
    changes: [{ set: found.path, at: [...at, 'path'] }],
    notes: [`The group ${given.path} is ${found.path} now.`],
  };
}
