import type { ForAction } from '../reach/policies.ts';

/** Keeps equal parts of many roles once, so that memory grows with what differs. */
export class SharedParts {
  readonly #texts = new Map<string, string>();
  readonly #rules = new Map<string, ForAction>();
  readonly #numbers = new WeakMap<object, number>();
  #count = 0;

  text(text: string): string {
    const known = this.#texts.get(text);
    if (known === undefined) this.#texts.set(text, text);
    return known ?? text;
  }

  list<T>(list: readonly T[]): readonly T[] {
    return list.length === 0 ? NONE : list;
  }

  /** Rules that are the same objects, as those of one policy are, decide the same. */
  rules(rules: ForAction): ForAction {
    const { allows, boundary, service, allowing, isByLevel, denies } = rules;
    const key = JSON.stringify([
      this.#numbersOf(allows),
      typeof boundary === 'object' ? this.#numbersOf(boundary) : boundary,
      service.map((one) => this.#numbersOf(one)),
      [allowing, isByLevel],
      this.#numbersOf(denies),
    ]);
    const known = this.#rules.get(key);
    if (known === undefined) this.#rules.set(key, rules);
    return known ?? rules;
  }

  #numbersOf(rules: readonly object[]): number[] {
    return rules.map((rule) => {
      const number = this.#numbers.get(rule) ?? this.#count++;
      this.#numbers.set(rule, number);
      return number;
    });
  }
}

const NONE: readonly never[] = [];
