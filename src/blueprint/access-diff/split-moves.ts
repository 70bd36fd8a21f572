import type { Ref } from '../../gitlab/ref.ts';
import { jobName } from '../labels.ts';
import type { AccessChange } from './change.ts';
import { canonical } from '../../compare/canonical.ts';
import type { RefChange } from './ref-changes.ts';
import { whoFrom } from './words.ts';

/** What a part of a split role loses to another part of it: the access is kept, under another role. */
export interface SplitMove {
  readonly gained: RefChange;
  readonly lost: RefChange;
  readonly refs: readonly Ref[];
}

/** Finds what only goes from part to part, and leaves the changes without it. */
export function splitMoves(changes: readonly RefChange[]): {
  moves: SplitMove[];
  rest: RefChange[];
} {
  const lost = new Map<string, RefChange[]>();
  for (const change of changes.filter(({ kind, hasEffect }) => kind === 'lost' && hasEffect)) {
    lost.set(keyOf(change), [...(lost.get(keyOf(change)) ?? []), change]);
  }
  const moves = changes
    .filter(({ kind, hasEffect }) => kind === 'gained' && hasEffect)
    .flatMap((gained) =>
      (lost.get(keyOf(gained)) ?? []).flatMap((other): SplitMove[] => {
        const refs = gained.refs.filter((ref) => includes(other.refs, ref));
        return refs.length > 0 ? [{ gained, lost: other, refs }] : [];
      }),
    );
  const rest = changes.flatMap((change) => {
    const moved = moves
      .filter(({ gained, lost }) => gained === change || lost === change)
      .flatMap(({ refs }) => refs);
    const refs = change.refs.filter((ref) => !includes(moved, ref));
    return refs.length > 0 ? [{ ...change, refs }] : [];
  });
  return { moves, rest };
}

export function splitMoveInWords({ gained, lost, refs }: SplitMove): AccessChange {
  const { role, grant } = gained;
  return {
    kind: 'moved',
    role: role.name,
    sources: [grant.path],
    text: `${whoFrom(grant, refs)} may assume ${role.name} in place of ${lost.role.name}, so the role ARN of its jobs changes: they must extend ${jobName(role)}`,
  };
}

function includes(refs: readonly Ref[], { type, name }: Ref): boolean {
  return refs.some((ref) => ref.type === type && ref.name === name);
}

/** The same for the same way into the same role of the answers. */
function keyOf({ role, grant }: RefChange): string {
  const { kind, path, id, idPinned, limits, namespaceId, components } = grant;
  return canonical({
    partOf: role.partOf,
    kind,
    path,
    id: idPinned ? id : undefined,
    limits,
    namespaceId,
    components: components.join(),
  });
}
