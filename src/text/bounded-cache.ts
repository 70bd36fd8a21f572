/**
 * Remembers what was worked out for a key. When it holds as many as it may, it begins again: memory does not grow with the input.
 *
 * It begins again with a new map. V8 keeps the table of a map that is cleared connected with the next one, so that what was in
 * it is not collected until both are.
 */
export class BoundedCache<Value> {
  #known = new Map<string, Value>();

  /** @param most the number of keys that it holds */
  constructor(private readonly most: number) {}

  of(key: string, make: () => Value): Value {
    const known = this.#known.get(key);
    if (known !== undefined || this.#known.has(key)) return known as Value;
    const value = make();
    if (this.#known.size >= this.most) this.#known = new Map();
    this.#known.set(key, value);
    return value;
  }
}
