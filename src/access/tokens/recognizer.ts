import { MANY, ONE, type Pattern } from '../../iam/evaluate/wildcard.ts';

/** Reads a text character by character and says of each beginning whether it is one of its texts. */
export interface Recognizer {
  readonly start: number;
  /** The state after one more character; {@link DEAD} once no text can follow. */
  readonly step: (state: number, character: string) => number;
  readonly accepts: (state: number) => boolean;
}

/** The state from which nothing is accepted any more. */
export const DEAD = -1;

/** Whether a text is one that a recognizer accepts. */
export function recognizes(recognizer: Recognizer, text: string): boolean {
  let state = recognizer.start;
  for (const character of text) {
    if (state === DEAD) return false;
    state = recognizer.step(state, character);
  }
  return state !== DEAD && recognizer.accepts(state);
}

/** The texts that a pattern matches; under `ignoreCase` the pattern must be in lower case. */
export function patternRecognizer(pattern: Pattern, ignoreCase: boolean): Recognizer {
  const states: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const steps: Map<string, number>[] = [];
  const enter = (positions: readonly number[]): number => {
    if (positions.length === 0) return DEAD;
    const key = positions.join();
    const state = known.get(key) ?? states.length;
    if (state === states.length) {
      known.set(key, state);
      states.push(positions);
      steps.push(new Map());
    }
    return state;
  };
  return {
    start: enter([0]),
    step: (state, character) => {
      if (state === DEAD) return DEAD;
      const cached = steps[state]?.get(character);
      if (cached !== undefined) return cached;
      const next = enter(advance(pattern, states[state] ?? [], character, ignoreCase));
      steps[state]?.set(character, next);
      return next;
    },
    accepts: (state) => (states[state] ?? []).some((at) => onlyStarsFrom(pattern, at)),
  };
}

/**
 * The places in a pattern after one more character. A place at a `*` stands for the place after it as well,
 * so none is listed twice.
 */
export function advance(
  pattern: Pattern,
  places: readonly number[],
  character: string,
  ignoreCase: boolean,
): number[] {
  const code = (ignoreCase ? character.toLowerCase() : character).charCodeAt(0);
  const next: number[] = [];
  const add = (place: number) => {
    if (!next.includes(place)) next.push(place);
  };
  for (const place of places) {
    let at = place;
    for (; pattern[at] === MANY; at++) add(at);
    const wanted = pattern[at];
    if (wanted === ONE || wanted === code) add(at + 1);
  }
  return next.length < 2 ? next : next.sort((a, b) => a - b);
}

/** Whether a pattern matches the empty text from a place on. */
function onlyStarsFrom(pattern: Pattern, at: number): boolean {
  for (let place = at; place < pattern.length; place++) if (pattern[place] !== MANY) return false;
  return true;
}

/** How a whole number compares. */
export type Order = 'less' | 'equal' | 'greater';

/** The decimal numbers without sign or leading zero that compare with a whole number in one of these ways. */
export function numberRecognizer(than: number, orders: readonly Order[]): Recognizer {
  const digits = than < 0 ? '' : String(than);
  const length = digits.length;
  // A state is the count of digits, and how they compare with as many digits of the number.
  const of = (count: number, order: Order) => count * 3 + ORDERS.indexOf(order);
  return {
    start: of(0, 'equal'),
    step: (state, character) => {
      if (!/^\d$/.test(character)) return DEAD;
      const count = Math.floor(state / 3);
      const order = ORDERS[state % 3] ?? 'equal';
      if (count >= length) return of(length + 1, 'greater');
      const digit = digits[count] ?? '';
      if (order !== 'equal' || character === digit) return of(count + 1, order);
      return of(count + 1, character < digit ? 'less' : 'greater');
    },
    accepts: (state) => {
      const count = Math.floor(state / 3);
      if (count === 0) return false;
      const order =
        count < length ? 'less' : count > length ? 'greater' : (ORDERS[state % 3] ?? 'equal');
      return orders.includes(order);
    },
  };
}

const ORDERS: readonly Order[] = ['less', 'equal', 'greater'];
