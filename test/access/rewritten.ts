import fc from 'fast-check';
import { isObject, type JsonObject } from '../../src/text/json-object.ts';

/** What is drawn for a text to be written otherwise: numbers that are used in turn. Zeros leave it as it is. */
export const choices: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(1000), {
  minLength: 32,
  maxLength: 32,
});

/** The next of the drawn numbers, below a bound. */
type Choose = (bound: number) => number;

function chooserOf(drawn: readonly number[]): Choose {
  let at = 0;
  return (bound) => (drawn[at++ % drawn.length] ?? 0) % bound;
}

function shuffled<Item>(items: readonly Item[], choose: Choose): Item[] {
  const left = [...items];
  const found: Item[] = [];
  while (left.length > 0) found.push(...left.splice(choose(left.length), 1));
  return found;
}

/** The items of a list in another order; a single value may become a list, and a list of one item its value. */
function relisted(value: unknown, choose: Choose): unknown {
  const items = shuffled(Array.isArray(value) ? (value as unknown[]) : [value], choose);
  if (items.length !== 1) return items;
  return Array.isArray(value) === (choose(2) === 0) ? items : items[0];
}

/** The members of an object in another order. */
function remembered(
  value: unknown,
  choose: Choose,
  change: (member: unknown, name: string) => unknown,
  rename: (name: string) => string = (name) => name,
): unknown {
  if (!isObject(value)) return value;
  const members = new Map<string, unknown>();
  for (const [name, one] of shuffled(Object.entries(value), choose)) {
    const renamed = rename(name);
    const isFree = !members.has(renamed) && (renamed === name || !Object.hasOwn(value, renamed));
    members.set(isFree ? renamed : name, change(one, name));
  }
  return Object.fromEntries(members);
}

const LISTED = new Set(['Action', 'NotAction']);
const PRINCIPALS = new Set(['Principal', 'NotPrincipal']);

function rewritten(document: unknown, choose: Choose, rename?: (name: string) => string): unknown {
  const list = (value: unknown) => relisted(value, choose);
  const statement = (one: unknown) =>
    remembered(one, choose, (part, name) => {
      if (LISTED.has(name)) return list(part);
      if (PRINCIPALS.has(name)) return remembered(part, choose, list);
      if (name !== 'Condition') return part;
      return remembered(part, choose, (keys) => remembered(keys, choose, list, rename), rename);
    });
  return remembered(document, choose, (part, name) => {
    if (name !== 'Statement') return part;
    return list(Array.isArray(part) ? (part as unknown[]).map(statement) : statement(part));
  });
}

/** The same policy with its statements, members and values in another order, and single values as lists or the reverse. */
export function reordered(document: unknown, drawn: readonly number[]): JsonObject {
  return rewritten(document, chooserOf(drawn)) as JsonObject;
}

/** The same policy with its operators and condition keys in other letter cases as well. */
export function recased(document: unknown, drawn: readonly number[]): JsonObject {
  const choose = chooserOf(drawn);
  const cases: readonly ((name: string) => string)[] = [
    (name) => name,
    (name) => name.toLowerCase(),
    (name) => name.toUpperCase(),
    (name) => name.replace(/^./, (first) => first.toLowerCase()),
  ];
  return rewritten(
    document,
    choose,
    (name) => cases[choose(cases.length)]?.(name) ?? name,
  ) as JsonObject;
}
