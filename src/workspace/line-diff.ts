import { diffArrays } from 'diff';

/** Lines that both texts have, or that one of them has. */
interface LineChange {
  readonly value: string[];
  readonly count: number;
  readonly added: boolean;
  readonly removed: boolean;
}

/** The time of a diff grows with the square of the lines that differ; with so many it takes a fraction of a second. */
const MOST_EDITS = 1_000;
/** The same between two lines that are alike, of which there may be many. */
const MOST_EDITS_BETWEEN = 250;

/**
 * What differs between two texts: as little as can be or, where very much does, what lies between those lines that are
 * alike and stand once in each. The time grows with the length of the texts, not with its square.
 */
export function diffLines(before: readonly string[], after: readonly string[]): LineChange[] {
  return diff(before, after, MOST_EDITS) ?? diffBetween(before, after);
}

function diff(before: readonly string[], after: readonly string[], most: number) {
  return diffArrays([...before], [...after], { maxEditLength: most });
}

function diffBetween(before: readonly string[], after: readonly string[]): LineChange[] {
  const changes: LineChange[] = [];
  let [atBefore, atAfter] = [0, 0];
  const until = (endBefore: number, endAfter: number) => {
    const [old, now] = [before.slice(atBefore, endBefore), after.slice(atAfter, endAfter)];
    for (const change of diff(old, now, MOST_EDITS_BETWEEN) ?? replaced(old, now)) {
      changes.push(change);
    }
  };
  for (const { line, place } of longestRise(sharedOnce(before, after))) {
    until(line, place);
    changes.push({ value: before.slice(line, line + 1), count: 1, added: false, removed: false });
    [atBefore, atAfter] = [line + 1, place + 1];
  }
  until(before.length, after.length);
  return changes;
}

function replaced(old: string[], now: string[]): LineChange[] {
  return [
    { value: old, count: old.length, added: false, removed: true },
    { value: now, count: now.length, added: true, removed: false },
  ];
}

/** Where a line of one text is in the other. */
interface Shared {
  readonly line: number;
  readonly place: number;
}

/** The lines that stand once in each text, in the order of the first. */
function sharedOnce(before: readonly string[], after: readonly string[]): Shared[] {
  const places = onlyPlaces(after);
  return [...onlyPlaces(before)].flatMap(([text, line]) => {
    const place = places.get(text);
    return place === undefined ? [] : [{ line, place }];
  });
}

function onlyPlaces(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (seen.has(line)) places.delete(line);
    else places.set(line, index);
    seen.add(line);
  }
  return places;
}

/** The most of them whose places rise, by patience sorting. */
function longestRise(shared: readonly Shared[]): Shared[] {
  interface Card extends Shared {
    readonly below: Card | undefined;
  }
  const piles: Card[] = [];
  for (const { line, place } of shared) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((piles[middle]?.place ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    piles[low] = { line, place, below: piles[low - 1] };
  }
  const rise: Shared[] = [];
  for (let card = piles.at(-1); card; card = card.below) rise.push(card);
  return rise.reverse();
}
