import { expect, test } from '@jest/globals';
import { rulesFor } from '../../../src/gitlab/protection.ts';

test.each([
  ['main', 'main', true],
  ['main', 'maintenance', false],
  ['*', 'any/thing', true],
  ['release/*', 'release/1.0', true],
  ['release/*', 'release/', true],
  ['release/*', 'hotfix/release/1.0', false],
  ['*-stable', '1-stable', true],
  ['*-stable', 'stable', false],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'acb', false],
  ['ab*ba', 'aba', false],
  ['v1.*', 'v1x0', false],
  ['production/*', 'production/*', true],
  ['release/1*', 'release/*', false],
])('the rule %s protects %s: %s', (rule, name, protects) => {
  expect(rulesFor(name, [{ name: rule, allowed: [] }])).toHaveLength(protects ? 1 : 0);
});
