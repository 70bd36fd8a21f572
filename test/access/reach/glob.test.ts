import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { common, FRESH, NAME_SIGN, PIECE_SIGN } from '../../../src/access/reach/glob.ts';
import { like } from '../../../src/iam/evaluate/wildcard.ts';

test.each([
  [['*'], FRESH],
  [['arn:aws:s3:::*'], `arn:aws:s3:::${FRESH}`],
  [['arn:aws:s3:::*', 'arn:aws:s3:::team-*'], `arn:aws:s3:::team-${FRESH}`],
  [['team-*', '*-prod'], `team-${FRESH}-prod`],
  [['a?c', 'ab*'], 'abc'],
  [['a*', 'b*'], undefined],
  [['bucket', '*'], 'bucket'],
  [['bucket/key', `b${PIECE_SIGN}`], undefined],
  [['bucket/*', `b${PIECE_SIGN}`], undefined],
  [['bucket/*', `${PIECE_SIGN}/*`], `bucket/${FRESH}`],
  [['a:*', NAME_SIGN], undefined],
  [['*:b', `a:${NAME_SIGN}`], 'a:b'],
  [['*:b', `a:c/${NAME_SIGN}`], undefined],
  [['*/b', `a:${NAME_SIGN}`], `a:${FRESH}/b`],
  [['a:b', `a:${NAME_SIGN}`], 'a:b'],
  [['a:b:c', `a:${NAME_SIGN}`], undefined],
  [['team-*', '*-prod', '*eu*'], `team-${FRESH}eu${FRESH}-prod`],
  [[PIECE_SIGN], FRESH],
  [['a:*', PIECE_SIGN], undefined],
  [['abc', 'a?c'], 'abc'],
  // A letter stands for one character, since people read the text.
  [['a?'], 'aq'],
  // The first wildcard could match more, up to the second colon.
  [['*:*', 'a:b:*'], `a:b:${FRESH}`],
])('%j have %j in common', (patterns, text) => {
  expect(common(patterns)).toBe(text);
});

describe('a text without a wildcard is what it has in common with a format', () => {
  test.each([
    ['whose signs and wildcards match it', 'b/x/y', `${PIECE_SIGN}/*`],
    ['across lines', 'b/x\ny', `${PIECE_SIGN}/*`],
    ['with characters that mean something in a regular expression', 'a.b/c', `a.b/${NAME_SIGN}`],
  ])('%s', (_, text, format) => {
    expect(common([text, format])).toBe(text);
  });

  test('in which a dot is a dot', () => {
    expect(common(['axb/c', `a.b/${NAME_SIGN}`])).toBeUndefined();
  });
});

const pattern = fc
  .array(fc.constantFrom('a', 'b', '*', '?', '/'), { minLength: 1, maxLength: 8 })
  .map((signs) => signs.join(''));

test('what patterns have in common, each of them matches', () => {
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), (patterns) => {
      const text = common(patterns);
      if (typeof text !== 'string') return;
      for (const one of patterns) expect(like(one, text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('patterns that one text matches have something in common', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', '/'), { maxLength: 8 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), text, (patterns, one) => {
      fc.pre(patterns.every((each) => like(each, one)));
      expect(typeof common(patterns)).toBe('string');
    }),
    { numRuns: 2000 },
  );
});

test('patterns that are made to take long end with an answer or without one, in time', () => {
  const hostile = '*a*b'.repeat(200);
  const start = performance.now();
  common([hostile, `${hostile}c`, '*b*a'.repeat(200)]);
  expect(performance.now() - start).toBeLessThan(5000);
});
