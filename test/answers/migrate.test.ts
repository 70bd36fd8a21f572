import { expect, test } from '@jest/globals';
import type { YAMLMap } from 'yaml';
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
  [
    1,
    (answers) => {
      const gitlab = answers.get('gitlab') as YAMLMap;
      const pair = gitlab.items.find(({ key }) => String(key) === 'url');
      if (pair) (pair.key as { value: unknown }).value = 'address';
    },
  ],
  [
    2,
    (answers) => {
      answers.set('output', 'cdktf');
    },
  ],
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
