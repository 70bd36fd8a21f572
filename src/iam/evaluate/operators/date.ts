import { plainComparison } from './comparison.ts';

/** W3C's profile of ISO 8601: https://www.w3.org/TR/NOTE-datetime */
const ISO = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;
/** Four digits are a year; as seconds they would lie in 1970. */
const EPOCH_SECONDS = /^\d{5,}$/;

/** Milliseconds since 1970, of an ISO 8601 date or of epoch seconds. */
export function readDate(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  if (!ISO.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const equals = (actual: number, expected: number) => actual === expected;

export const dateEquals = plainComparison(readDate, equals);
export const dateNotEquals = plainComparison(readDate, equals, true);
export const dateLessThan = plainComparison(readDate, (a, b) => a < b);
export const dateLessThanEquals = plainComparison(readDate, (a, b) => a <= b);
export const dateGreaterThan = plainComparison(readDate, (a, b) => a > b);
export const dateGreaterThanEquals = plainComparison(readDate, (a, b) => a >= b);
