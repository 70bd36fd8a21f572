import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const PAGE = readFileSync('docs/security.md', 'utf8');

/** The promises of the threat model, with the test files that hold each. */
const PROMISES = [...PAGE.matchAll(/^\| [\w ]+\| ([^|]+?)\s*\| (`test\/[^|]+?)\s*\|$/gm)].map(
  ([, promise = '', tests = '']) => [promise, tests.match(/test\/[\w./-]+/g) ?? []] as const,
);

test('the threat model has promises', () => {
  expect(PROMISES.length).toBeGreaterThan(20);
});

test.each(PROMISES)('%s: its tests exist', (_, tests) => {
  expect(tests.filter((path) => !existsSync(path))).toEqual([]);
});
