import { expect, test } from '@jest/globals';
import { placeText } from '../../src/access/place.ts';

test.each([
  [{ file: 'roles.json', path: 'Roles[0]', line: 12 }, 'roles.json:12: Roles[0]'],
  [{ file: 'roles.json', path: 'Roles[0]' }, 'roles.json: Roles[0]'],
  [{ file: 'main.tf', path: '', line: 3 }, 'main.tf:3'],
  [{ file: '-', path: '' }, 'standard input'],
])('%j is read as %s', (place, text) => {
  expect(placeText(place)).toBe(text);
});
