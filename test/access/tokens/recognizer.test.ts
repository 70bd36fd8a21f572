import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DEAD,
  numberRecognizer,
  type Order,
  patternRecognizer,
  recognizes,
} from '../../../src/access/tokens/recognizer.ts';
import {
  compilePattern,
  matchesPattern,
  patternParts,
} from '../../../src/iam/evaluate/wildcard.ts';

const text = (letters: string) =>
  fc.string({ unit: fc.constantFrom(...Array.from(letters)), maxLength: 7 });

test('a pattern is recognized as the evaluator matches it', () => {
  fc.assert(
    fc.property(text('ab*?'), text('abAB'), fc.boolean(), (pattern, value, ignoreCase) => {
      const compiled = compilePattern(patternParts(pattern));
      const expected = matchesPattern(compiled, ignoreCase ? value.toLowerCase() : value);
      expect(recognizes(patternRecognizer(compiled, ignoreCase), value)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('a pattern that no text can match any more is dead, and remains dead', () => {
  const recognizer = patternRecognizer(compilePattern(patternParts('ab*')), false);
  const after = recognizer.step(recognizer.start, 'b');
  expect(after).toBe(DEAD);
  expect(recognizer.step(after, 'a')).toBe(DEAD);
  expect(recognizer.accepts(after)).toBe(false);
});

test('beginnings that go on alike are one state', () => {
  const recognizer = patternRecognizer(compilePattern(patternParts('a*b*')), false);
  const read = (begin: string) =>
    Array.from(begin).reduce((state, one) => recognizer.step(state, one), recognizer.start);
  expect(read('axx')).toBe(read('ax'));
  expect(read('axb')).not.toBe(read('ax'));
  expect(read('axbx')).toBe(read('axb'));
});

const ORDERS: readonly (readonly Order[])[] = [
  ['equal'],
  ['less'],
  ['greater'],
  ['less', 'equal'],
  ['greater', 'equal'],
];

test('a number is recognized as it compares', () => {
  const number = fc.oneof(fc.integer({ min: -20, max: 130 }), fc.integer({ min: 990, max: 1010 }));
  fc.assert(
    fc.property(number, fc.nat(1100), fc.constantFrom(...ORDERS), (than, value, orders) => {
      const order = value < than ? 'less' : value > than ? 'greater' : 'equal';
      const recognizer = numberRecognizer(than, orders);
      expect(recognizes(recognizer, String(value))).toBe(orders.includes(order));
    }),
    { numRuns: 2000 },
  );
});

test.each(['', 'a', '-1', '1.0', '1a', ' 1'])('%j is not a number', (value) => {
  const all = numberRecognizer(5, ['less', 'equal', 'greater']);
  expect(recognizes(all, value)).toBe(false);
});

test('a number that is long already is the same however long it becomes', () => {
  const recognizer = numberRecognizer(20, ['greater']);
  const read = (begin: string) =>
    Array.from(begin).reduce((state, one) => recognizer.step(state, one), recognizer.start);
  expect(read('1000')).toBe(read('999999'));
});
