import {
  boolean,
  type HclFunction,
  list,
  map,
  misused,
  NotEvaluated,
  number,
  text,
} from './arguments.ts';
import { byText, isMap, isSet, membersOf, memberOf, setOf, textOfValue } from './values.ts';

/** So many numbers `range()` gives in Terraform. */
const LONGEST_RANGE = 1024;

/** Rows of a product: hostile lists must not take all memory. */
const LONGEST_PRODUCT = 10_000;

/** Functions of lists and maps that look at what is in them. */
export const OF_ALL: Readonly<Record<string, HclFunction>> = {
  alltrue: ([one]) => list(one).every(boolean),
  anytrue: ([one]) => list(one).some(boolean),
  coalesce: (args) => args.find((one) => one !== null && one !== '') ?? misused(),
  compact: ([one]) => list(one).filter((item) => item !== null && item !== ''),
  contains: ([one, item]) => list(one).some((other) => isSame(other, item)),
  distinct: ([one]) => distinct(list(one)),
  flatten: ([one]) => list(one).flat(Infinity),
  index: ([one, item]) => {
    const at = list(one).findIndex((other) => isSame(other, item));
    return at < 0 ? misused() : at;
  },
  max: (args) => Math.max(...args.map(number)),
  min: (args) => Math.min(...args.map(number)),
  range: (args) => range(args.map(number)),
  setintersection: ([first, ...others]) =>
    setOf(
      list(first).filter((item) =>
        others.every((other) => list(other).some((one) => isSame(one, item))),
      ),
    ),
  setproduct: (args) => (args.length < 2 ? misused() : product(args.map(list))),
  setsubtract: ([one, other]) =>
    setOf(list(one).filter((item) => !list(other).some((two) => isSame(two, item)))),
  setunion: (args) => setOf(args.flatMap(list)),
  sort: ([one]) => list(one).map(text).sort(byText),
  sum: ([one]) => list(one).reduce<number>((sum, item) => sum + number(item), 0),
  tolist: ([one]) => alike(one === null ? misused() : list(one)),
  toset: ([one]) => setOf(alike(list(one))),
  tomap: ([one]) => map(one),
  transpose: ([one]) => transposed(map(one)),
};

/** Functions that look at lists and maps only, so that what is in them need not be determined. */
export const OF_SHAPE: Readonly<Record<string, HclFunction>> = {
  chunklist: ([one, size]) => {
    const [all, most] = [list(one), number(size)];
    if (most < 1) return misused();
    return Array.from({ length: Math.ceil(all.length / most) }, (_, at) =>
      all.slice(at * most, (at + 1) * most),
    );
  },
  coalescelist: (args) => args.find((one) => list(one).length > 0) ?? misused(),
  concat: (args) => args.flatMap(list),
  element: ([one, at]) => {
    const all = list(one);
    return all.length === 0 || number(at) < 0 ? misused() : all[number(at) % all.length];
  },
  keys: ([one]) => membersOf(map(one)).map(([name]) => name),
  length: ([one]) =>
    typeof one === 'string'
      ? Array.from(one).length
      : Array.isArray(one)
        ? one.length
        : Object.keys(map(one)).length,
  lookup: ([one, key, ...fallback]) => {
    const name = text(key);
    if (Object.hasOwn(map(one), name)) return memberOf(one, name, name);
    return fallback.length > 0 ? fallback[0] : misused();
  },
  merge: (args) =>
    Object.fromEntries(args.flatMap((one) => (one === null ? [] : Object.entries(map(one))))),
  nonsensitive: ([one]) => one,
  one: ([one]) => {
    const all = list(one);
    return all.length > 1 ? misused() : (all[0] ?? null);
  },
  reverse: ([one]) => (isSet(list(one)) ? misused() : [...list(one)].reverse()),
  sensitive: ([one]) => one,
  slice: ([one, from, to]) => list(one).slice(number(from), number(to)),
  values: ([one]) => membersOf(map(one)).map(([, value]) => value),
  zipmap: ([names, values]) => {
    const [keys, all] = [list(names).map(text), list(values)];
    return keys.length === all.length
      ? Object.fromEntries(keys.map((key, at) => [key, all[at]]))
      : misused();
  },
};

function isSame(one: unknown, other: unknown): boolean {
  const [text, others] = [textOfValue(one), textOfValue(other)];
  // Whether "1" is 1 depends on the type of the list, which is not kept here.
  if (text !== undefined && text === others && typeof one !== typeof other)
    throw new NotEvaluated();
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    isMap(one) ? Object.fromEntries(membersOf(one)) : one,
  );
}

function distinct(items: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return items.filter((one) => {
    const key = canonical(one);
    return !seen.has(key) && seen.add(key);
  });
}

/** A list of one type: where some are texts, numbers and booleans become texts. */
function alike(items: readonly unknown[]): readonly unknown[] {
  const kinds = new Set(items.filter((one) => one !== null).map((one) => typeof one));
  return kinds.has('string') && kinds.size > 1
    ? items.map((one) => (one === null ? null : text(one)))
    : [...items];
}

/** Every choice of one item of each list. */
function product(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  const length = lists.reduce((all, { length: one }) => all * one, 1);
  if (length > LONGEST_PRODUCT) throw new NotEvaluated();
  return lists.reduce<readonly unknown[][]>(
    (all, items) => all.flatMap((chosen) => items.map((item) => [...chosen, item])),
    [[]],
  );
}

function range([first = misused(), second, third]: readonly number[]): readonly number[] {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const step = third ?? (end < start ? -1 : 1);
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (step === 0 || !(length <= LONGEST_RANGE)) return misused();
  return Array.from({ length }, (_, at) => start + at * step);
}

function transposed(lists: Readonly<Record<string, unknown>>): Readonly<Record<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [key, values] of membersOf(lists)) {
    for (const value of list(values).map(text))
      found.set(value, [...(found.get(value) ?? []), key]);
  }
  return Object.fromEntries(found);
}
