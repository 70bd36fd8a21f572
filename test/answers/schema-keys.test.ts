import { expect, test } from '@jest/globals';
import { completeAnswers } from '../../src/answers/read.ts';
import { AnswersSchema } from '../../src/answers/schema.ts';
import { keysOf } from '../../src/answers/schema-keys.ts';
import { answers, role } from '../support/builders/answers.ts';

test('the keys of the schema are found at every depth', () => {
  expect(keysOf(AnswersSchema)).toEqual(
    expect.arrayContaining([
      'version', // at the top
      'trust_policy', // in an optional object in an object
      'backend', // in a variant
      'accept_new_projects', // in a list of objects in a list of objects
      'secrets_manager', // a permission pack
      'repositories', // in a permission pack
    ]),
  );
});

test.each([
  ['sub_component', 'sub_components'],
  ['polcy', 'policy'],
  ['tag', 'tags'],
])('a key misspelled by one letter, %s, is answered with %s', (wrong, right) => {
  const misspelled = { ...role(), [wrong]: 'x' };
  expect(() => completeAnswers({ ...answers(), roles: [misspelled] })).toThrow(
    `Did you mean ${right}?`,
  );
});
