import { expect, test } from '@jest/globals';
import { applyChange } from '../../src/answers/edit/apply-change.ts';
import { migrateAnswers, type Migration } from '../../src/answers/migrate.ts';

const VERSION_1 = `# Who may do what.
version: 1
gitlab:
  url: https://gitlab.com # the public one

# The roles.
roles: []
`;

/** Made-up versions to come: 2 calls the address otherwise, 3 adds an answer. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  [1, (text) => text.replace('\n  url: ', '\n  address: ')],
  [2, (text) => applyChange(text, { set: 'cdktf', at: ['output'] })],
]);

test('a file of an earlier version is brought to this one step by step; comments and order are kept', () => {
  expect(migrateAnswers(VERSION_1, MIGRATIONS, 3)).toBe(`# Who may do what.
version: 3
gitlab:
  address: https://gitlab.com # the public one

# The roles.
roles: []
output: cdktf
`);
});

test.each([
  ['of this version', VERSION_1, 1],
  ['of a later version', 'version: 9\n', 3],
  ['of a version that no migration knows', 'version: 0\n', 3],
  ['without a version', 'gitlab: {}\n', 3],
  ['that is not YAML', 'version: [\n', 3],
])('a file %s is not changed', (_, text, current) => {
  expect(migrateAnswers(text, MIGRATIONS, current)).toBe(text);
});
