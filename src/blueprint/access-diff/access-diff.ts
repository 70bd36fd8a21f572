import type { Blueprint } from '../blueprint.ts';
import type { AccessChange, AccessDiff } from './change.ts';
import { conditionChanges } from './condition-changes.ts';
import { movesOf } from './moves.ts';
import { pairGrants } from './pair-grants.ts';
import { pairRoles, type BlueprintPair } from './pair-roles.ts';
import { permissionChanges } from './permission-changes.ts';
import { refChangeInWords, refChanges, type RefChange } from './ref-changes.ts';
import { roleChanges } from './role-changes.ts';
import { sharedChanges } from './shared-changes.ts';
import { splitMoveInWords, splitMoves } from './split-moves.ts';

/**
 * Who gains and who loses access between two blueprints, and what else becomes different in it; nothing where only the
 * order of roles, projects, refs or policies does. Changes for everyone come first, then role by role.
 */
export function accessDiff(before: Blueprint, after: Blueprint): AccessDiff {
  const [had, has] = [before.stacks[0], after.stacks[0]];
  const pairs = pairRoles(had.roles, has.roles);
  const found = new Map(pairs.map((pair) => [pair, refChangesOf(pair)]));
  const { moves, rest } = splitMoves([...found.values()].flat());
  const ofPair = (pair: BlueprintPair): AccessChange[] => {
    const earlier = pair.before?.grants ?? [];
    const later = pair.after?.grants ?? [];
    const name = (pair.after ?? pair.before)?.name ?? '';
    return [
      ...roleChanges(pair),
      ...moves.filter(({ gained }) => gained.role === pair.after).map(splitMoveInWords),
      ...rest
        .filter(({ role }) => role === pair.after || role === pair.before)
        .map((change) => refChangeInWords(change, name)),
      ...pairGrants(earlier, later).flatMap((grants) => conditionChanges(grants, name)),
      ...(pair.before && pair.after ? permissionChanges(pair.before, pair.after) : []),
    ];
  };
  return {
    changes: [...sharedChanges(before, after), ...pairs.flatMap(ofPair)],
    moves: pairs.flatMap(movesOf),
  };
}

function refChangesOf({ before, after }: BlueprintPair): RefChange[] {
  return pairGrants(before?.grants ?? [], after?.grants ?? []).flatMap((grants) =>
    refChanges(grants, before, after),
  );
}
