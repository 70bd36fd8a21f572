import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkAccountName } from '../../src/answers/check/accounts.ts';
import { accountNames } from '../../src/answers/refresh/account-names.ts';

const named = (...names: string[]) =>
  names.map((name, index) => ({ name, id: String(111_111_111_111 + index) }));

test.each([
  ['letters, digits and single hyphens remain', ['Shop (Prod) / EU'], ['shop-prod-eu']],
  ['white space and hyphens around it go', ['  --a--  '], ['a']],
  [
    'a name is cut where it is too long, and not after a hyphen',
    ['abcdefghijklmnopqrstuvwxyz12345 tail'],
    ['abcdefghijklmnopqrstuvwxyz12345'],
  ],
  [
    'without a letter or digit, the ID is the name',
    ['Привет', ''],
    ['111111111111', '111111111112'],
  ],
  [
    'two of one name have their IDs in it, and a third keeps its own',
    ['Dev', 'dev!', 'prod'],
    ['dev-111111111111', 'dev-111111111112', 'prod'],
  ],
  [
    'a long name makes room for the ID',
    ['a-name-that-is-long-enough-for-32', 'A name that is long enough for 32'],
    ['a-name-that-is-long-111111111111', 'a-name-that-is-long-111111111112'],
  ],
  ['a word that JavaScript knows has the ID in it', ['constructor'], ['constructor-111111111111']],
])('%s', (_, given, names) => {
  expect(accountNames(named(...given))).toEqual(names);
});

test('names of hostile accounts are names that the answers take, each once, and none is taken', () => {
  const nearby = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 70 }),
    fc.constantFrom(
      'dev',
      'Dev',
      'd-e-v',
      'constructor',
      '111111111111',
      'dev-111111111111',
      '../..',
    ),
  );
  const taken = fc.uniqueArray(fc.constantFrom('dev', 'prod', '111111111111', 'dev-111111111111'));
  fc.assert(
    fc.property(fc.array(nearby, { minLength: 1, maxLength: 12 }), taken, (given, others) => {
      const names = accountNames(named(...given), others);
      expect(names).toHaveLength(given.length);
      expect(new Set([...names, ...others]).size).toBe(names.length + others.length);
      for (const name of names) expect(checkAccountName(name)).toBeUndefined();
    }),
  );
});
