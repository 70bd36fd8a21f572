import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stepsOf, worstPattern } from '../../../bench/worst-pattern.ts';
import { like } from '../../../src/iam/evaluate/wildcard.ts';

/** The definition itself, in as many steps as it likes. */
function slowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, after] = [pattern.charAt(0), pattern.slice(1)];
  if (first === '*') return slowly(after, text) || (text !== '' && slowly(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text.charAt(0)) && slowly(after, text.slice(1));
}

test('matches what the definition matches', () => {
  const letters = (characters: string) =>
    fc
      .array(fc.constantFrom(...characters.split(',')), { maxLength: 9 })
      .map((all) => all.join(''));
  fc.assert(
    fc.property(letters('a,b,*,?'), letters('a,b'), (pattern, text) => {
      expect(like(pattern, text)).toBe(slowly(pattern, text));
    }),
    { numRuns: 3000 },
  );
});

/** Every character of the text with every one of the pattern, and the wildcards that are left at the end. */
const most = (pattern: string, text: string) => (pattern.length + 1) * (text.length + 1);

test('no pattern takes more steps than text times pattern', () => {
  const letters = (characters: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...characters.split(',')), maxLength });
  fc.assert(
    fc.property(letters('a,b,*,?', 60), letters('a,b', 200), (pattern, text) => {
      expect(stepsOf(pattern, text)).toBeLessThanOrEqual(most(pattern, text));
    }),
    { numRuns: 2000 },
  );
});

test('not even the worst that a search finds', () => {
  const { pattern, text, steps } = worstPattern(1000);
  expect(steps).toBeGreaterThan(1000);
  expect(steps).toBeLessThanOrEqual(most(pattern, text));
});

test('a pattern of 8,192 characters made to be slow takes a step for each', () => {
  const [slow, text] = [`${'a*'.repeat(4096)}b`, 'a'.repeat(8192)];
  expect(like(slow, text)).toBe(false);
  expect(stepsOf(slow, text)).toBeLessThan(30_000);
  expect(like(`${'*a'.repeat(4096)}*`, text)).toBe(true);
});

test.each([
  ['a character outside of the basic plane', '?b', '\u{1f600}b', true],
  ['no half of one', '??b', '\u{1f600}b', false],
  ['the last character of the basic plane', '?b', '\uffffb', true],
])('a question mark is %s', (_, pattern, text, expected) => {
  expect(like(pattern, text)).toBe(expected);
});

test('no character of a pattern is a wildcard but the two', () => {
  expect(like('\u0001*', 'ab')).toBe(false);
  expect(like('\u0002*', 'ab')).toBe(false);
});
