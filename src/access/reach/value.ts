/**
 * How sure something is, from no to yes: a larger number is surer. `UNKNOWN`: it depends on what is not in the input; `MAYBE`:
 * it depends on the request.
 */
export type Value = 0 | 1 | 2 | 3;

export const NO = 0;
export const UNKNOWN = 1;
export const MAYBE = 2;
export const YES = 3;

/** All of them: the least sure decides. */
export function all(values: readonly Value[]): Value {
  return values.reduce<Value>((least, value) => (value < least ? value : least), YES);
}

/** Any of them: the surest decides. */
export function any(values: readonly Value[]): Value {
  return values.reduce<Value>((most, value) => (value > most ? value : most), NO);
}

export function not(value: Value): Value {
  if (value === YES) return NO;
  return value === NO ? YES : value;
}
