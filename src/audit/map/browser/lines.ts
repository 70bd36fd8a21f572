import type { Graph, MapNode } from '../model/graph.ts';
import type { Way } from '../model/reach.ts';
import { ROW_HEIGHT, type Tree } from './tree.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** More lines than these say nothing more. */
const MOST = 600;

/** Draws the ways between the rows in view: of the selected node, or of all where nothing is selected. */
export function drawLines(
  svg: Element,
  [left, right]: readonly [Tree, Tree],
  { data, grantsOfRole }: Graph,
  ways: readonly Way[] | undefined,
): void {
  const { width, height } = svg.getBoundingClientRect();
  svg.replaceChildren();
  if (width === 0) return;
  const [first, last] = right.inView();
  const faint = () =>
    right.rows.slice(Math.max(0, first), last + 1).flatMap(({ node }) =>
      node.kind === 'role'
        ? (grantsOfRole[node.at] ?? []).map((grant): Way => {
            const source = data.grants[grant]?.source ?? -1;
            return { grant, source, role: node.at };
          })
        : [],
    );
  const drawn = new Set<string>();
  for (const { grant, source, role, chain } of ways ?? faint()) {
    const from = heightOf(left, { kind: 'source', at: source }, height);
    const to = heightOf(right, { kind: 'role', at: role }, height);
    const key = `${source} ${role}`;
    if (from === undefined || to === undefined || drawn.has(key)) continue;
    if (drawn.size >= MOST) break;
    drawn.add(key);
    const path = document.createElementNS(SVG, 'path');
    const half = width / 2;
    path.setAttribute('d', `M0 ${from}C${half} ${from} ${half} ${to} ${width} ${to}`);
    const isCertain =
      data.grants[grant]?.certainty === 'allowed' &&
      (chain === undefined || data.chains[chain]?.certainty === 'allowed');
    const { change } = data.grants[grant] ?? {};
    const names = [
      ways ? 'way' : 'faint',
      chain !== undefined && 'chain',
      !isCertain && 'open',
      change,
    ];
    path.setAttribute('class', names.filter(Boolean).join(' '));
    svg.append(path);
  }
}

/** The middle of a row, where it is in view. */
function heightOf(tree: Tree, node: MapNode, most: number): number | undefined {
  const index = tree.indexOf(node);
  if (index === undefined) return undefined;
  const y = index * ROW_HEIGHT + ROW_HEIGHT / 2 - tree.root.scrollTop;
  return y < 0 || y > most ? undefined : y;
}
