import type { SubComponent } from '../../gitlab/subject.ts';
import { MANY, matchesPattern, ONE, type Pattern } from '../../iam/evaluate/wildcard.ts';
import { vocabularyOf } from './claims.ts';
import { ID } from './grammar.ts';
import { advance } from './recognizer.ts';
import { BoundedCache } from '../../text/bounded-cache.ts';

/** A subject of a policy: a text or a pattern of texts, compiled; in lower case where the case of letters is ignored. */
export interface SubjectPattern {
  readonly pattern: Pattern;
  readonly ignoreCase: boolean;
}

export function keyOfPattern({ pattern, ignoreCase }: SubjectPattern): string {
  return `${ignoreCase ? 'i' : 'c'}${pattern.join()}`;
}

/** What each component's value must match; a component that may hold anything is left out. */
export type Reading = ReadonlyMap<SubComponent, Pattern>;

/** Readings by a text that is the same for the same readings. */
export type Readings = ReadonlyMap<string, Reading>;

/** How a pattern can have matched the beginning of subjects: its places, and the readings that led to each. */
export type Progress = ReadonlyMap<number, Readings>;

export const NOTHING_READ: Progress = new Map([[0, new Map([['', new Map()]])]]);

const COLON = ':'.charCodeAt(0);

/** What one more component makes of a pattern: what follows it, and the readings of subjects that end with it. */
interface ReadingStep {
  readonly progress: Progress;
  readonly ended: Readings;
}

/** Reads one more component after what was read. */
export type SubjectReader = (before: Progress, component: SubComponent) => ReadingStep;

const readers = new BoundedCache<SubjectReader>(200);

/**
 * What reads subjects as a pattern asks for, from {@link NOTHING_READ} on. The same patterns are asked about again and again:
 * by each rule, and before and after a change.
 */
export function readerOf(subject: SubjectPattern): SubjectReader {
  return readers.of(keyOfPattern(subject), () => {
    const steps = new WeakMap<Progress, Map<SubComponent, ReadingStep>>();
    return (before, component) => {
      const after = steps.get(before) ?? new Map<SubComponent, ReadingStep>();
      steps.set(before, after);
      const step = after.get(component) ?? readComponent(subject, before, component);
      after.set(component, step);
      return step;
    };
  });
}

/**
 * Reads one more component of a subject. No value holds a colon, so a wildcard that crosses one takes up a component's
 * name whole, and there are finitely many ways to do so.
 */
function readComponent(
  { pattern, ignoreCase }: SubjectPattern,
  before: Progress,
  component: SubComponent,
): ReadingStep {
  const opening = before === NOTHING_READ ? `${component}:` : `:${component}:`;
  const progress = new Map<number, Map<string, Reading>>();
  const ended = new Map<string, Reading>();
  for (const [place, readings] of before) {
    for (const start of through(pattern, [place], opening, ignoreCase)) {
      for (const { value, next, isLast } of holes(pattern, start)) {
        if (!canHold(component, value, ignoreCase)) continue;
        const into = isLast ? ended : (progress.get(next) ?? new Map<string, Reading>());
        if (!isLast) progress.set(next, into);
        for (const [key, reading] of readings) {
          if (value.every((one) => one === MANY)) into.set(key, reading);
          else
            into.set(`${key};${component}=${value.join()}`, new Map(reading).set(component, value));
        }
      }
    }
  }
  return { progress, ended };
}

function through(
  pattern: Pattern,
  places: readonly number[],
  text: string,
  ignoreCase: boolean,
): readonly number[] {
  let now = places;
  for (const character of text) {
    if (now.length === 0) return now;
    now = advance(pattern, now, character, ignoreCase);
  }
  return now;
}

interface Hole {
  readonly value: Pattern;
  /** The place that follows: still at a `*` that the value took a part of. */
  readonly next: number;
  readonly isLast: boolean;
}

/** The parts of a pattern that a value may match from a place on. */
function holes(pattern: Pattern, start: number): Hole[] {
  const found: Hole[] = [];
  for (let end = start; ; end++) {
    const next = pattern[end];
    if (next === undefined) {
      if (end > start) found.push({ value: pattern.slice(start, end), next: end, isLast: true });
      return found;
    }
    // A place after a `*` says no more than the place at it.
    if (next === MANY)
      found.push({ value: pattern.slice(start, end + 1), next: end, isLast: false });
    else if ((next === COLON || next === ONE) && end > start && pattern[end - 1] !== MANY) {
      found.push({ value: pattern.slice(start, end), next: end, isLast: false });
    }
    if (next === COLON) return found;
  }
}

/** Whether a component can have a value that matches; where that is not plain to see, it can. */
function canHold(component: SubComponent, value: Pattern, ignoreCase: boolean): boolean {
  const vocabulary = vocabularyOf(component);
  if ('listed' in vocabulary) {
    return vocabulary.listed.some(
      (one) => one !== undefined && matchesPattern(value, ignoreCase ? one.toLowerCase() : one),
    );
  }
  if (vocabulary.grammar !== ID) return true;
  return value.every((one) => one < 0 || (one >= 0x30 && one <= 0x39));
}

/** Whether a pattern matches whatever follows: it is at its last `*`. */
export function matchesTheRest({ pattern }: SubjectPattern, progress: Progress): boolean {
  return [...progress.keys()].every(
    (place) => place < pattern.length && pattern.slice(place).every((one) => one === MANY),
  );
}
