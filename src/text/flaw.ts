/** What is wrong with one value, and the way out; the caller adds where it was. */
export interface Flaw {
  readonly what: string;
  readonly fix: string;
  /** The way out for a person who gave flags, where that is another. */
  readonly flagFix?: string;
}

/** Looks at one value; `undefined` means nothing is wrong with it. */
export type FlawCheck<T = string> = (value: T) => Flaw | undefined;

/** Puts a value into a sentence: quoted, on one line, cut when it is long. */
export function shown(value: string): string {
  const short = value.length > 80 ? `${value.slice(0, 77)}...` : value;
  return JSON.stringify(short);
}
