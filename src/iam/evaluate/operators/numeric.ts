import { plainComparison } from './comparison.ts';

const NUMBER = /^[+-]?\d+(\.\d+)?$/;

function readNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

const equals = (actual: number, expected: number) => actual === expected;

export const numericEquals = plainComparison(readNumber, equals);
export const numericNotEquals = plainComparison(readNumber, equals, true);
export const numericLessThan = plainComparison(readNumber, (a, b) => a < b);
export const numericLessThanEquals = plainComparison(readNumber, (a, b) => a <= b);
export const numericGreaterThan = plainComparison(readNumber, (a, b) => a > b);
export const numericGreaterThanEquals = plainComparison(readNumber, (a, b) => a >= b);
