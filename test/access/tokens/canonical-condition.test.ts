import { expect, test } from '@jest/globals';
import { canonicalCondition } from '../../../src/access/tokens/canonical-condition.ts';
import { allowing } from '../near-policies.ts';

function textOf(operator: string, key: string, values: unknown): string {
  const { statements } = allowing({ [operator]: { [key]: values } });
  return statements.flatMap(({ conditions }) => conditions.map(canonicalCondition)).join();
}

const plain = textOf('StringEquals', 'aws:Via', ['a', 'b']);

test('a condition has the same text in any order of its values and letter case of its key', () => {
  expect(textOf('StringEquals', 'AWS:via', ['b', 'a', 'b'])).toBe(plain);
});

test.each([
  ['StringLike', 'aws:Via', ['a', 'b']],
  ['StringEqualsIfExists', 'aws:Via', ['a', 'b']],
  ['ForAllValues:StringEquals', 'aws:Via', ['a', 'b']],
  ['StringEquals', 'aws:Other', ['a', 'b']],
  ['StringEquals', 'aws:Via', ['a', 'B']],
])('%s %s %j is another condition', (operator, key, values) => {
  expect(textOf(operator, key, values)).not.toBe(plain);
});
