import type { Graph, MapNode } from './graph.ts';

/** A row of one of the two lists: a heading, or what is under it. */
export interface ListRow {
  readonly node: MapNode;
  readonly level: 1 | 2;
  /** Its number under the same heading, from 1, and how many there are. */
  readonly position: number;
  readonly of: number;
}

/** Groups and their sources. */
export function sourceRows(
  { sourcesOfGroup }: Graph,
  isShown: (source: number) => boolean,
): ListRow[] {
  return rowsOf('group', 'source', sourcesOfGroup, isShown);
}

/** Accounts and their roles; the account of the riskiest role first. */
export function roleRows({ rolesOfAccount }: Graph, isShown: (role: number) => boolean): ListRow[] {
  return rowsOf('account', 'role', rolesOfAccount, isShown);
}

function rowsOf(
  heading: MapNode['kind'],
  kind: MapNode['kind'],
  lists: readonly (readonly number[])[],
  isShown: (at: number) => boolean,
): ListRow[] {
  const blocks = lists
    .map((all, at) => ({ at, members: all.filter(isShown) }))
    .filter(({ members }) => members.length > 0);
  return blocks.flatMap(({ at, members }, index): ListRow[] => [
    { node: { kind: heading, at }, level: 1, position: index + 1, of: blocks.length },
    ...members.map((member, place): ListRow => ({
      node: { kind, at: member },
      level: 2,
      position: place + 1,
      of: members.length,
    })),
  ]);
}
