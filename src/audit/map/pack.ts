/**
 * A value written once for each different part of it. `t` holds the parts, those first that others are made of: a text, or
 * a list that begins with the number of its kind, where 0 is a list and `n` an object with the names `k[n - 1]`. Inside, a
 * number from 0 is a position in `t`, and a negative one `-n - 1` is the number `n`. The last part is the value itself.
 */
export interface Packed {
  readonly k: readonly (readonly string[])[];
  readonly t: readonly (string | readonly Item[])[];
}

type Item = number | boolean | null;

/**
 * Packs a value of JSON, so that equal parts of it take their bytes once.
 *
 * @throws {TypeError} for a number that is not whole or is negative, and for what JSON does not have
 */
export function pack(value: unknown): Packed {
  const kinds = new Map<string, number>();
  const parts = new Map<string, number>();
  const k: (readonly string[])[] = [];
  const t: (string | readonly Item[])[] = [];
  const placed = (key: string, part: string | readonly Item[]) => {
    const known = parts.get(key);
    if (known !== undefined) return known;
    parts.set(key, t.length);
    return t.push(part) - 1;
  };
  const kindOf = (names: readonly string[]) => {
    const key = JSON.stringify(names);
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const kind = k.push(names);
    kinds.set(key, kind);
    return kind;
  };
  const itemOf = (one: unknown): Item => {
    if (one === null || typeof one === 'boolean') return one;
    if (typeof one === 'number' && Number.isSafeInteger(one) && one >= 0) return -one - 1;
    if (typeof one === 'string') return placed(`"${one}`, one);
    if (typeof one !== 'object') throw new TypeError(`${typeof one} cannot be packed`);
    const part = isList(one)
      ? [0, ...one.map(itemOf)]
      : [kindOf(Object.keys(one)), ...Object.values(one).map(itemOf)];
    return placed(part.join(), part);
  };
  itemOf([value]);
  return { k, t };
}

/** What {@link pack} was given. Equal parts are one object. */
export function unpack({ k, t }: Packed): unknown {
  const made: unknown[] = [];
  const valueOf = (item: Item | undefined) =>
    typeof item === 'number' ? (item < 0 ? -item - 1 : made[item]) : item;
  for (const part of t) {
    if (typeof part === 'string') made.push(part);
    else {
      const [kind, ...items] = part;
      const names = typeof kind === 'number' ? k[kind - 1] : undefined;
      const values = items.map(valueOf);
      made.push(names ? Object.fromEntries(names.map((name, at) => [name, values[at]])) : values);
    }
  }
  const root = made.at(-1);
  return Array.isArray(root) ? (root as unknown[])[0] : undefined;
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}
