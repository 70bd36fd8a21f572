import { expect, test } from '@jest/globals';
import { readId } from '../../src/gitlab/numeric-id.ts';

test.each([
  ['20', 20],
  ['999999999999999', 999_999_999_999_999],
])('the id %s is read', (text, id) => {
  expect(readId(text)).toBe(id);
});

test.each(['', '0', '020', '-1', '1.5', '1e3', '9007199254740993', '20 '])(
  '"%s" is not an id that a number holds exactly',
  (text) => {
    expect(readId(text)).toBeUndefined();
  },
);
