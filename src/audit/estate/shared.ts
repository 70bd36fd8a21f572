import type { ForAction } from '../../access/reach/policies.ts';
import type { Power } from '../report.ts';
import { BoundedCache } from '../../text/bounded-cache.ts';

/** Parts that are remembered at a time, of each kind. */
const MOST = 2000;

/** Keeps equal parts of many roles once, so that memory grows with what differs. */
export class SharedParts {
  readonly #parts = new BoundedCache<unknown>(MOST);
  readonly #rules = new BoundedCache<ForAction>(MOST);
  readonly #numbers = new WeakMap<object, number>();
  #count = 0;

  /** @param part data that `JSON.stringify` writes in full */
  part<T>(part: T): T {
    // The text has every member of the part.
    return this.#parts.of(JSON.stringify(part), () => part) as T;
  }

  list<T>(list: readonly T[]): readonly T[] {
    return list.length === 0 ? NONE : list;
  }

  /** Many roles call the same actions, each on resources of its own. */
  power({ kind, of, certainty, scope, actions, resources, source, text }: Power): Power {
    return {
      kind,
      of,
      certainty,
      scope,
      actions: this.part(actions),
      resources,
      text: this.part(text),
      ...(source !== undefined && { source }),
    };
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
    return this.#rules.of(key, () => rules);
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
