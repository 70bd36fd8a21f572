import { expect, test } from '@jest/globals';
import { isAtLeast, parseVersion } from '../../../src/gitlab/version.ts';

test.each([
  ['18.5.1-ee', [18, 5, 1]],
  ['19.2.0-pre', [19, 2, 0]],
  ['15.6', [15, 6, 0]],
  ['unknown', undefined],
  ['18', undefined],
  ['', undefined],
])('%s is release %j', (text, version) => {
  expect(parseVersion(text)).toEqual(version);
});

test.each([
  [[18, 2, 2], true],
  [[18, 2, 1], false],
  [[18, 10, 0], true],
  [[19, 0, 0], true],
  [[17, 11, 5], false],
] as const)('%j is 18.2.2 or later: %s', (version, later) => {
  expect(isAtLeast(version, [18, 2, 2])).toBe(later);
});
