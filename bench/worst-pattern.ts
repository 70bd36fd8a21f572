import { compilePattern, matchesPattern, patternParts } from '../src/iam/evaluate/wildcard.ts';

interface Trial {
  readonly pattern: string;
  readonly text: string;
  readonly steps: number;
}

const PATTERN_LETTERS = 'ab*?';
const TEXT_LETTERS = 'ab';
const PATTERN_LENGTH = 64;
const TEXT_LENGTH = 256;
const TRIALS = 4000;

/** How many characters of the pattern are looked at to answer; the time follows from it, whatever the machine. */
export function stepsOf(pattern: string, text: string): number {
  let steps = 0;
  const counting = new Proxy(compilePattern(patternParts(pattern)), {
    get: (target, key) => {
      if (key !== 'length') steps++;
      return Reflect.get(target, key) as unknown;
    },
  });
  matchesPattern(counting, text);
  return steps;
}

/** The slowest question that a search finds: it changes one letter at a time and keeps what is not faster. */
export function worstPattern(trials = TRIALS): Trial {
  const random = numbers();
  const one = (letters: string) => letters.charAt(Math.floor(random() * letters.length));
  const word = (letters: string, length: number) =>
    Array.from({ length }, () => one(letters)).join('');
  const changed = (old: string, letters: string) => {
    const at = Math.floor(random() * old.length);
    return `${old.slice(0, at)}${one(letters)}${old.slice(at + 1)}`;
  };
  const trial = (pattern: string, text: string): Trial => ({
    pattern,
    text,
    steps: stepsOf(pattern, text),
  });
  let worst = trial(word(PATTERN_LETTERS, PATTERN_LENGTH), word(TEXT_LETTERS, TEXT_LENGTH));
  for (let n = 0; n < trials; n++) {
    const next =
      n % 2 === 0
        ? trial(changed(worst.pattern, PATTERN_LETTERS), worst.text)
        : trial(worst.pattern, changed(worst.text, TEXT_LETTERS));
    if (next.steps >= worst.steps) worst = next;
  }
  return worst;
}

/** The same numbers from 0 to 1 in every run. @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
