/** How many parts of an input were begun, such as the dumps of an estate, which are read one after the other. */
let begun = 0;

/** Says that another part of an input begins: caches give up what no other part asks for. */
export function beginPart(): void {
  begun += 1;
}

/**
 * Remembers what was worked out for a key. When it holds as many as it may, it begins again: memory does not grow with the input.
 * Of an input in parts, it holds what the last two parts asked for, and longer what both of them did.
 *
 * It begins again with a new map. A map that is cleared keeps its old table connected with the next one, and what V8 has moved
 * to its old space holds on to whatever it is connected with, until that is collected as well.
 */
export class BoundedCache<Value> {
  #part = begun;
  #own = new Map<string, Value>();
  #before = new Map<string, Value>();
  #common = new Map<string, Value>();

  /** @param most the number of keys of one part that it holds */
  constructor(private readonly most: number) {}

  of(key: string, make: () => Value): Value {
    if (this.#part !== begun) {
      this.#part = begun;
      this.#before = this.#own;
      this.#own = new Map();
    }
    const known = this.#own.has(key) ? this.#own : this.#common;
    if (known.has(key)) return known.get(key) as Value;
    if (this.#before.has(key)) {
      const value = this.#before.get(key) as Value;
      this.#common = this.#add(this.#common, key, value);
      return value;
    }
    const value = make();
    this.#own = this.#add(this.#own, key, value);
    return value;
  }

  #add(map: Map<string, Value>, key: string, value: Value): Map<string, Value> {
    return (map.size < this.most ? map : new Map<string, Value>()).set(key, value);
  }
}
