import { isMap, isNode, isSeq, type Document, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../path.ts';
import { dashOf } from './dash.ts';
import { lineStart, removeLines, splice } from './lines.ts';
import { contentEnd, contentStart, nodeAt, pairEnd, pairOf, refuseSharedWithin } from './nodes.ts';

/**
 * Takes an item or an answer out, and what would be empty without it. Comments on lines of their own above it are kept: they
 * may be about more.
 */
export function removeNode(text: string, document: Document, path: Path): string {
  const above = path.slice(0, -1);
  const parent = nodeAt(document, above);
  const key = path.at(-1) ?? '';
  if (isSeq(parent)) {
    const item = parent.items[Number(key)];
    if (isNode(item)) refuseSharedWithin(document, item, path);
    if (parent.items.length === 1) return removeNode(text, document, above);
    return removeItem(text, parent, Number(key));
  }
  if (!isMap(parent)) return text;
  const pair = pairOf(parent, key);
  if (!pair) return text;
  if (isNode(pair.value)) refuseSharedWithin(document, pair.value, path);
  return parent.items.length === 1
    ? emptyMap(text, parent, pair, colonOf(text, document, above))
    : removePair(text, parent, pair);
}

function removeItem(text: string, list: YAMLSeq, index: number): string {
  if (!list.flow) return removeLines(text, dashOf(list, index), contentEnd(list.items[index]));
  return removeBetween(text, list.items, index, contentStart, contentEnd);
}

function removePair(text: string, map: YAMLMap, pair: Pair): string {
  const index = map.items.indexOf(pair);
  const start = contentStart(pair.key);
  const isOwnLine = text.slice(lineStart(text, start), start).trim() === '';
  if (!map.flow && isOwnLine) return removeLines(text, start, pairEnd(pair));
  return removeBetween(text, map.items, index, ({ key }) => contentStart(key), pairEnd);
}

/**
 * Takes one of several out with what separates it from the one before or, where it begins a line or there is none before,
 * from the next: a comment behind it goes with it.
 */
function removeBetween<T>(
  text: string,
  items: readonly T[],
  index: number,
  startOf: (item: T) => number,
  endOf: (item: T) => number,
): string {
  const [previous, item, next] = [items[index - 1], items[index], items[index + 1]];
  if (item === undefined) return text;
  const [start, end] = [startOf(item), endOf(item)];
  const beginsLine = text.slice(lineStart(text, start), start).trim() === '';
  if (next !== undefined && (previous === undefined || beginsLine)) {
    return splice(text, start, startOf(next), '');
  }
  return splice(text, previous === undefined ? start : endOf(previous), end, '');
}

/** Leaves `{}` of a mapping whose only answer goes: an answer that is not there would be missing. */
function emptyMap(text: string, map: YAMLMap, pair: Pair, colon: number): string {
  if (map.flow) return splice(text, contentStart(map) + 1, contentEnd(map) - 1, '');
  const without = removeLines(text, contentStart(pair.key), pairEnd(pair));
  return splice(without, colon, colon, ' {}');
}

/** Behind the colon of the answer that holds a mapping. */
function colonOf(text: string, document: Document, path: Path): number {
  const parent = nodeAt(document, path.slice(0, -1));
  const key = isMap(parent) ? pairOf(parent, path.at(-1) ?? '')?.key : undefined;
  return text.indexOf(':', contentEnd(key)) + 1;
}
