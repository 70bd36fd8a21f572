import { type Cells, digitsOf } from './cells.ts';
import { TooMany } from './too-many.ts';

/**
 * A set of tokens: for each dimension a set of its cells. A token is in the box when each of its cells is.
 */
export type Box = readonly Cells[];

/** More boxes than this are not kept. */
const BOX_BOUND = 50_000;

function intersect(a: Box, b: Box): Box | undefined {
  const both: Cells[] = [];
  for (let at = 0; at < a.length; at++) {
    const cells = (a[at] ?? 0n) & (b[at] ?? 0n);
    if (cells === 0n) return undefined;
    both.push(cells);
  }
  return both;
}

/** All boxes of one list with all of the other. @throws {TooMany} */
export function intersectAll(some: readonly Box[], others: readonly Box[]): Box[] {
  if (some.length * others.length > BOX_BOUND * 20) throw new TooMany('combinations', BOX_BOUND);
  const found = some.flatMap((a) =>
    others.flatMap((b) => {
      const both = intersect(a, b);
      return both ? [both] : [];
    }),
  );
  return bounded(found);
}

/** What is in the first box and not in the second, as boxes that share no token. */
function subtract(a: Box, b: Box): Box[] {
  if (intersect(a, b) === undefined) return [a];
  const pieces: Box[] = [];
  let rest = a;
  for (let at = 0; at < a.length; at++) {
    const cells = rest[at] ?? 0n;
    const outside = cells & ~(b[at] ?? 0n);
    if (outside === 0n) continue;
    pieces.push(rest.with(at, outside));
    rest = rest.with(at, cells & (b[at] ?? 0n));
  }
  return pieces;
}

/** What is in one of the boxes and in none of the others. @throws {TooMany} */
export function subtractAll(boxes: readonly Box[], others: readonly Box[]): Box[] {
  let rest = boxes;
  for (const other of others) {
    if (rest.length === 0) break;
    rest = bounded(rest.flatMap((one) => subtract(one, other)));
  }
  return [...rest];
}

function bounded(boxes: Box[]): Box[] {
  if (boxes.length > BOX_BOUND) throw new TooMany('combinations', BOX_BOUND);
  return boxes;
}

/** The same tokens in fewer boxes: two that differ in one dimension become one. */
export function merge(boxes: readonly Box[]): Box[] {
  let merged = [...boxes];
  for (let again = true; again;) {
    const before = merged.length;
    for (let at = 0; at < (merged[0]?.length ?? 0) && merged.length > 1; at++) {
      merged = mergeAlong(merged, at);
    }
    again = merged.length < before;
  }
  return merged;
}

function mergeAlong(boxes: readonly Box[], at: number): Box[] {
  const alike = new Map<string, Box>();
  for (const box of boxes) {
    const key = box.map((cells, place) => (place === at ? '' : digitsOf(cells))).join();
    const other = alike.get(key);
    alike.set(key, other ? box.with(at, (box[at] ?? 0n) | (other[at] ?? 0n)) : box);
  }
  return [...alike.values()];
}
