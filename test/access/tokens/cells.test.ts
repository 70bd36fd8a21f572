import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  allCells,
  cell,
  cellsWhere,
  countCells,
  digitsOf,
  firstCell,
  isOneCell,
  valuesIn,
} from '../../../src/access/tokens/cells.ts';

const places = fc.uniqueArray(fc.nat(80), { minLength: 1, maxLength: 12 });
const setOf = (some: readonly number[]) => some.reduce((all, at) => all | cell(at), 0n);
const NUMBERS = Array.from({ length: 81 }, (_, at) => at);

test('a set has the cells that it was made of, and tells the first and how many', () => {
  fc.assert(
    fc.property(places, (some) => {
      const cells = setOf(some);
      const sorted = some.toSorted((a, b) => a - b);
      expect(valuesIn(NUMBERS, cells)).toEqual(sorted);
      expect(cellsWhere(NUMBERS, (one) => some.includes(one))).toBe(cells);
      expect(firstCell(cells)).toBe(sorted[0]);
      expect(countCells(cells)).toBe(some.length);
      expect(isOneCell(cells)).toBe(some.length === 1);
    }),
  );
});

test('different sets have different texts', () => {
  fc.assert(
    fc.property(places, places, (a, b) => {
      expect(digitsOf(setOf(a)) === digitsOf(setOf(b))).toBe(setOf(a) === setOf(b));
    }),
  );
});

test('no cells are none, and all are as many as were asked for', () => {
  expect([countCells(0n), isOneCell(0n), valuesIn(NUMBERS, 0n)]).toEqual([0, false, []]);
  expect([allCells(0), allCells(1), countCells(allCells(77))]).toEqual([0n, 1n, 77]);
});
