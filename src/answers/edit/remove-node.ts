import type { Path } from '../path.ts';
import type { TextRange, YamlSource, YamlList, YamlMap, YamlPair } from '../yaml/source.ts';
import { lineStart, removeLines, splice } from './lines.ts';
import { nodeAt, pairOf, refuseSharedWithin } from './nodes.ts';

/**
 * Takes an item or an answer out, and what would be empty without it. Comments on lines of their own above it are kept: they
 * may be about more.
 */
export function removeNode(text: string, source: YamlSource, path: Path): string {
  const above = path.slice(0, -1);
  const parent = nodeAt(source, above);
  const key = path.at(-1) ?? '';
  if (parent?.kind === 'list') {
    const item = parent.items[Number(key)];
    if (item === undefined) return text;
    refuseSharedWithin(source, item.node, path);
    if (parent.items.length === 1) return removeNode(text, source, above);
    return removeItem(text, parent, Number(key));
  }
  if (parent?.kind !== 'map') return text;
  const pair = pairOf(parent, key);
  if (!pair) return text;
  refuseSharedWithin(source, pair.value, path);
  return parent.pairs.length === 1
    ? emptyMap(text, parent, pair, colonOf(text, source, above))
    : removePair(text, parent, pair);
}

function removeItem(text: string, { isFlow, items }: YamlList, index: number): string {
  const item = items[index];
  if (item === undefined) return text;
  return isFlow ? removeBetween(text, items, index) : removeLines(text, item.dash, item.end);
}

function removePair(text: string, { isFlow, pairs }: YamlMap, pair: YamlPair): string {
  const isOwnLine = text.slice(lineStart(text, pair.start), pair.start).trim() === '';
  if (!isFlow && isOwnLine) return removeLines(text, pair.start, pair.end);
  return removeBetween(text, pairs, pairs.indexOf(pair));
}

/**
 * Takes one of several out with what separates it from the one before or, where it begins a line or there is none before,
 * from the next: a comment behind it goes with it.
 */
function removeBetween(text: string, places: readonly TextRange[], index: number): string {
  const [previous, place, next] = [places[index - 1], places[index], places[index + 1]];
  if (place === undefined) return text;
  const { start, end } = place;
  const beginsLine = text.slice(lineStart(text, start), start).trim() === '';
  if (next !== undefined && (previous === undefined || beginsLine)) {
    return splice(text, start, next.start, '');
  }
  return splice(text, previous?.end ?? start, end, '');
}

/** Leaves `{}` of a mapping whose only answer goes: an answer that is not there would be missing. */
function emptyMap(text: string, map: YamlMap, pair: YamlPair, colon: number): string {
  if (map.isFlow) return splice(text, map.start + 1, map.end - 1, '');
  const without = removeLines(text, pair.start, pair.end);
  return splice(without, colon, colon, ' {}');
}

/** Behind the colon of the answer that holds a mapping. */
function colonOf(text: string, source: YamlSource, path: Path): number {
  const parent = nodeAt(source, path.slice(0, -1));
  const key = parent?.kind === 'map' ? pairOf(parent, path.at(-1) ?? '')?.key : undefined;
  return text.indexOf(':', key?.end) + 1;
}
