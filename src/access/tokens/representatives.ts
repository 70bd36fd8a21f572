import type { Grammar } from './grammar.ts';
import { isText } from './grammar.ts';
import { DEAD, recognizes, type Recognizer } from './recognizer.ts';
import type { OpenTest } from './test.ts';
import { TooMany } from './too-many.ts';

const STATE_BOUND = 20_000;

/**
 * Texts of a grammar, one for each way in which some tests can match: any text of the grammar matches the same tests as
 * one of these.
 *
 * @throws {TooMany}
 */
export function representatives(grammar: Grammar, tests: readonly OpenTest[]): string[] {
  return quickly(grammar, tests) ?? searched(grammar, tests);
}

const ENDINGS = ['x', 'x/x', '1', 'y/y', 'x@x', 'zq', 'zq/zq', '70', '-x', ''];

/**
 * Where every test is for one text or for one beginning: each text, and for each beginning one that has no longer one.
 * `undefined` where that does not settle it.
 */
function quickly(grammar: Grammar, tests: readonly OpenTest[]): string[] | undefined {
  const texts = new Set<string>();
  const beginnings = new Set(['']);
  for (const { exact, prefix } of tests) {
    if (exact !== undefined) texts.add(exact);
    else if (prefix !== undefined) beginnings.add(prefix);
    else return undefined;
  }
  const found = [...texts].filter((text) => isText(grammar, text));
  for (const beginning of beginnings) {
    const isFree = (text: string) =>
      isText(grammar, text) &&
      !texts.has(text) &&
      [...beginnings].every((other) => beginning.startsWith(other) || !text.startsWith(other));
    const candidates = [
      ...(beginning === '' ? grammar.samples : []),
      ...ENDINGS.map((ending) => beginning + ending),
    ];
    const free = candidates.find(isFree);
    if (free === undefined) return undefined;
    found.push(free);
  }
  return found;
}

/** Walks all texts at once: two that lead all recognizers to the same states go on alike. */
function searched(grammar: Grammar, tests: readonly OpenTest[]): string[] {
  const own = tests.map((test) => test.recognizer());
  const machines = [grammar.recognizer, ...grammar.except, ...own];
  const alphabet = alphabetOf(grammar, tests);
  const signatureOf = (states: readonly number[]) =>
    own.map((one, at) => accepts(one, states[at + 1 + grammar.except.length])).join();
  const isWhole = (states: readonly number[]) =>
    accepts(grammar.recognizer, states[0]) &&
    !grammar.except.some((one, at) => accepts(one, states[at + 1]));

  const found = new Map<string, string>();
  const seen = new Set<string>();
  let now: { states: readonly number[]; text: string }[] = [
    { states: machines.map(({ start }) => start), text: '' },
  ];
  while (now.length > 0) {
    const next: typeof now = [];
    for (const { states, text } of now) {
      if (isWhole(states)) {
        const signature = signatureOf(states);
        if (!found.has(signature)) found.set(signature, text);
      }
      for (const character of alphabet) {
        const after = machines.map((one, at) => one.step(states[at] ?? DEAD, character));
        if (after[0] === DEAD) continue;
        const key = after.join();
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > STATE_BOUND) throw new TooMany('states of a claim', STATE_BOUND);
        next.push({ states: after, text: text + character });
      }
    }
    now = next;
  }
  return readable(grammar, tests, own, found);
}

function accepts(recognizer: Recognizer, state: number | undefined): boolean {
  return state !== undefined && state !== DEAD && recognizer.accepts(state);
}

/** The characters that the tests or the grammar tell apart, and one that nothing mentions. */
function alphabetOf(grammar: Grammar, tests: readonly OpenTest[]): string[] {
  const mentioned = new Set(tests.flatMap(({ characters }) => Array.from(characters)));
  const filler =
    Array.from(grammar.fillers).find((one) => !mentioned.has(one)) ?? unmentioned(mentioned);
  return [...new Set([filler, ...Array.from(grammar.structural), ...mentioned])];
}

/** A letter outside of ASCII; no grammar that takes any letter refuses it. */
function unmentioned(mentioned: ReadonlySet<string>): string {
  for (let code = 0xe0; ; code++) {
    const letter = String.fromCharCode(code);
    if (!mentioned.has(letter)) return letter;
  }
}

/** The same classes with texts that people know how to read, where there are some. */
function readable(
  grammar: Grammar,
  tests: readonly OpenTest[],
  own: readonly Recognizer[],
  found: ReadonlyMap<string, string>,
): string[] {
  const better = new Map(found);
  const candidates = [
    ...tests.map(({ value }) => value.replace(/\*+/g, 'x').replaceAll('?', 'x')),
    ...grammar.samples,
  ];
  const taken = new Set<string>();
  for (const text of candidates) {
    if (!isText(grammar, text)) continue;
    const signature = own.map((one) => recognizes(one, text)).join();
    if (taken.has(signature) || !better.has(signature)) continue;
    taken.add(signature);
    better.set(signature, text);
  }
  return [...better.values()];
}
