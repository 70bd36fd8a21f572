import { type FlawCheck, type Flaw, shown } from './flaw.ts';

/** Where flaws go: first the place, then what is wrong there, if anything. */
export type At = (where: string) => (flaw: Flaw | undefined) => void;

/** Checks an answer that may be left out. */
export function ifGiven<T>(
  value: T | undefined,
  check: FlawCheck<T>,
  report: (flaw: Flaw | undefined) => void,
) {
  if (value !== undefined) report(check(value));
}

/** Each value of a list, and that none is there twice. */
export function checkList<T>(
  values: readonly T[] | undefined,
  name: (value: T) => string,
  check: FlawCheck<T>,
  at: At,
) {
  const seen = new Set<string>();
  (values ?? []).forEach((value, index) => {
    const report = at(`[${index}]`);
    report(check(value));
    if (seen.has(name(value))) {
      report({ what: `${shown(name(value))} is listed twice`, fix: 'Leave one out' });
    }
    seen.add(name(value));
  });
}

/** The name of a value that is its own name. */
export const itself = (value: string) => value;

/** Places below a place. */
export function within(at: At, prefix: string): At {
  return (where) => at(`${prefix}${where}`);
}
