import { expect, test } from '@jest/globals';
import fc from 'fast-check';
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

test('a pattern of 8,192 characters made to be slow is answered at once', () => {
  const started = performance.now();
  expect(like(`${'a*'.repeat(4096)}b`, 'a'.repeat(8192))).toBe(false);
  expect(like(`${'*a'.repeat(4096)}*`, 'a'.repeat(8192))).toBe(true);
  expect(performance.now() - started).toBeLessThan(1000);
});
