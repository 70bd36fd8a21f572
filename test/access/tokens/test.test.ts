import { describe, expect, test } from '@jest/globals';
import { recognizes } from '../../../src/access/tokens/recognizer.ts';
import {
  keyOfTest,
  numberTestsOf,
  patternsOf,
  patternTest,
  waitsForRequest,
} from '../../../src/access/tokens/test.ts';
import type { Condition } from '../../../src/iam/evaluate/policy.ts';
import {
  compilePattern,
  matchesPattern,
  patternParts,
} from '../../../src/iam/evaluate/wildcard.ts';
import { allowing } from '../near-policies.ts';

function conditionOf(operator: string, values: unknown): Condition {
  const { statements } = allowing({ [operator]: { 'gitlab.com:project_id': values } });
  const [condition] = statements.flatMap(({ conditions }) => conditions);
  if (!condition) throw new Error('no condition');
  return condition;
}

const of = (text: string, ignoreCase = false) =>
  patternTest(compilePattern(patternParts(text)), ignoreCase);

describe('the test of a pattern', () => {
  test('for one text is exact', () => {
    expect(of('main')).toMatchObject({ operator: 'StringEquals', value: 'main', exact: 'main' });
    expect(of('main')).not.toHaveProperty('prefix');
  });

  test('for all that begins alike knows the beginning', () => {
    expect(of('v1*')).toMatchObject({ operator: 'StringLike', value: 'v1*', prefix: 'v1' });
    expect(of('*')).toMatchObject({ prefix: '' });
    expect(of('v**')).toMatchObject({ value: 'v**', prefix: 'v' });
    expect(of('v*')).not.toHaveProperty('exact');
  });

  test.each(['v?', '*a', 'v*a', 'v*?', '?'])('for %s has neither', (text) => {
    expect(of(text)).toMatchObject({ operator: 'StringLike', value: text });
    expect(of(text)).not.toHaveProperty('prefix');
    expect(of(text)).not.toHaveProperty('exact');
  });

  test.each(['main', 'v*'])('for %s in any letter case has neither, and both cases', (text) => {
    const any = of(text, true);
    expect(any).toMatchObject({ operator: 'StringEqualsIgnoreCase', value: text });
    expect(any).not.toHaveProperty('prefix');
    expect(any).not.toHaveProperty('exact');
    expect(any.characters).toContain(text.toUpperCase());
    for (const one of [text.toUpperCase(), 'Main', 'V1', 'x']) {
      expect(recognizes(any.recognizer(), one)).toBe(any.matches(one));
    }
    expect(any.matches(text.toUpperCase())).toBe(true);
  });

  test('writes a plain star as a policy does', () => {
    const plain = patternTest(
      Array.from('a*?', (one) => one.charCodeAt(0)),
      false,
    );
    expect([plain.value, plain.exact, plain.matches('a*?'), plain.matches('abc')]).toEqual([
      'a*?',
      'a*?',
      true,
      false,
    ]);
    const mixed = patternTest(
      Array.from('a*', (one) => one.charCodeAt(0)).concat(compilePattern(patternParts('*'))),
      false,
    );
    expect(mixed.value).toBe('a${*}*');
    const first = patternTest(compilePattern(patternParts('*')).concat('*'.charCodeAt(0)), false);
    expect(first.value).toBe('*${*}');
  });
});

test('two tests are the same by operator and value', () => {
  expect(keyOfTest({ operator: 'StringLike', value: 'v*' })).toBe('StringLike v*');
});

const LANGUAGE = { variables: true, isLive: (key: string) => key === 'aws:via' };

describe('a value with a variable', () => {
  test('waits for the request that can have it', () => {
    expect(waitsForRequest(conditionOf('StringEquals', ['x', '${aws:via}']), LANGUAGE)).toBe(true);
  });

  test.each(['${aws:other}', 'aws:via', '${*}', 'x'])('does not wait for it: %s', (value) => {
    expect(waitsForRequest(conditionOf('StringEquals', value), LANGUAGE)).toBe(false);
  });

  test('waits for nothing under the old version, which has no variables', () => {
    const old = { ...LANGUAGE, variables: false };
    expect(waitsForRequest(conditionOf('StringEquals', '${aws:via}'), old)).toBe(false);
  });
});

describe('the patterns of a condition', () => {
  const matched = (operator: string, values: unknown, variables = true) => {
    const patterns = patternsOf(conditionOf(operator, values), { ...LANGUAGE, variables });
    return (text: string) => patterns.map((one) => matchesPattern(one, text));
  };

  test('are texts under StringEquals, and patterns under StringLike', () => {
    expect(matched('StringEquals', ['v*', 'v1'])('v1')).toEqual([false, true]);
    expect(matched('StringLike', ['v*', 'v?'])('v1')).toEqual([true, true]);
    expect(matched('StringNotLike', ['v*'])('v1')).toEqual([true]);
  });

  test('are in lower case where the letter case is ignored', () => {
    expect(matched('StringEqualsIgnoreCase', ['V1'])('v1')).toEqual([true]);
    expect(matched('StringEquals', ['V1'])('v1')).toEqual([false]);
  });

  test('leave out a variable that no request has, and keep plain characters', () => {
    expect(matched('StringLike', ['${aws:other}', 'a${*}'])('a*')).toEqual([true]);
    expect(matched('StringLike', ['a${*}'])('ab')).toEqual([false]);
    expect(matched('StringEquals', ['${aws:other}'], false)('${aws:other}')).toEqual([true]);
  });
});

describe('the numbers of a condition', () => {
  const matches = (operator: string, value: unknown) => {
    const [one] = numberTestsOf(conditionOf(operator, value)) ?? [];
    return ['19', '20', '21'].map((text) => one?.matches(text));
  };

  test.each([
    ['NumericEquals', [false, true, false]],
    // The negation is not part of the test.
    ['NumericNotEquals', [false, true, false]],
    ['NumericLessThan', [true, false, false]],
    ['NumericLessThanEquals', [true, true, false]],
    ['NumericGreaterThan', [false, false, true]],
    ['NumericGreaterThanEquals', [false, true, true]],
  ])('match under %s', (operator, expected) => {
    expect(matches(operator, '20')).toEqual(expected);
    expect(matches(operator, '+20.00')).toEqual(expected);
  });

  test('that an id is below or above keep their operator, and the value as it is written', () => {
    expect(numberTestsOf(conditionOf('NumericLessThan', ['20', '7.0']))).toMatchObject([
      { operator: 'NumericLessThan', value: '20', characters: '0123456789' },
      { operator: 'NumericLessThan', value: '7.0' },
    ]);
  });

  test('that an id equals are the id as GitLab writes it, and pin it as a text does', () => {
    expect(numberTestsOf(conditionOf('NumericNotEquals', ['20', '+07.0']))).toMatchObject([
      { operator: 'StringEquals', value: '20', exact: '20' },
      { operator: 'StringEquals', value: '7', exact: '7' },
    ]);
  });

  test.each(['20.5', 'x', '', '1e3', '1234567890123456', '20x', 'x20'])(
    'are not read where one is %j',
    (value) => {
      expect(numberTestsOf(conditionOf('NumericEquals', ['20', value]))).toBe(undefined);
    },
  );
});
