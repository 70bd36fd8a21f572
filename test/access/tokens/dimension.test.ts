import { expect, test } from '@jest/globals';
import { dimension } from '../../../src/access/tokens/dimension.ts';
import { patternTest } from '../../../src/access/tokens/test.ts';
import { compilePattern, patternParts } from '../../../src/iam/evaluate/wildcard.ts';

const asked = (text: string) => {
  const test = patternTest(compilePattern(patternParts(text)), false);
  return { ...test, test: { operator: test.operator, value: test.value } };
};

test('a dimension knows which of its cells each question matches', () => {
  const { tests, full } = dimension(
    'ref',
    'claim',
    ['main', 'v1', undefined],
    [asked('main'), asked('v*'), asked('none'), asked('*')],
  );
  expect(full).toBe(0b111n);
  expect([...tests.values()].map(({ test, cells }) => [test.value, cells])).toEqual([
    ['main', 0b001n],
    ['v*', 0b010n],
    ['none', 0n],
    // A key that is absent has no text.
    ['*', 0b011n],
  ]);
});

test('a question that is asked twice is one', () => {
  const { tests } = dimension('ref', 'claim', ['main'], [asked('main'), asked('main')]);
  expect([...tests.keys()]).toEqual(['StringEquals main']);
});
