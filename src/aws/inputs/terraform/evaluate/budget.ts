import { isObject } from '../../../../text/json-object.ts';
import { Undetermined } from '../../undetermined.ts';

/** What reading all modules of an input may take, in values. A hundred accounts of a hundred roles take less. */
const ALL = 2_000_000;
const MOST_TEXT = 1_000_000;
const MOST_ITEMS = 100_000;
/** Characters of a text that count as one value. */
const TEXT_UNIT = 64;

/** Expressions that lead through more others than this lead in a circle. */
const DEEPEST = 150;

/** Keeps expressions that grow without bounds from taking all memory or time. */
export class Budget {
  #left = ALL;
  #depth = 0;
  readonly #sizes = new WeakMap<object, number>();

  /** The value, or why it is not taken. */
  charged(value: unknown): unknown {
    if (value instanceof Undetermined) return this.#spend(1) ?? value;
    const isTooLarge =
      (typeof value === 'string' && value.length > MOST_TEXT) ||
      (Array.isArray(value) && value.length > MOST_ITEMS);
    if (isTooLarge) return new Undetermined('the value is too large');
    return this.#spend(this.#sizeOf(value)) ?? value;
  }

  /** Goes one expression deeper. @returns what it gives, or why it is not evaluated */
  deeper(evaluate: () => unknown): unknown {
    if (this.#depth > DEEPEST) return new Undetermined('it refers to itself, or leads too deep');
    this.#depth += 1;
    try {
      return this.#spend(1) ?? evaluate();
    } finally {
      this.#depth -= 1;
    }
  }

  #spend(units: number): Undetermined | undefined {
    this.#left -= units;
    return this.#left < 0
      ? new Undetermined('the evaluation of the files takes too many steps')
      : undefined;
  }

  /** Counted once for each object, however often it is a part of others. */
  #sizeOf(value: unknown): number {
    if (typeof value === 'string') return 1 + Math.floor(value.length / TEXT_UNIT);
    if (value instanceof Undetermined || (!isObject(value) && !Array.isArray(value))) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    const size = Object.values(value).reduce<number>((sum, one) => sum + this.#sizeOf(one), 1);
    this.#sizes.set(value, size);
    return size;
  }
}
