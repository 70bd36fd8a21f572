import { expect, test } from '@jest/globals';
import { accountOf, isInAccount } from '../../src/access/account.ts';

const KEY = { account: '123456789012', name: 'deploy' };
const named = { key: KEY, label: 'production/deploy' };
const plain = { key: KEY, label: 'deploy' };
/** A path before the name is not the name of an account. */
const address = { key: KEY, label: 'module.a/aws_iam_role.deploy' };

test('an account is called by the name that the label has, otherwise by its ID', () => {
  expect([named, plain, address].map(accountOf)).toEqual([
    'production',
    '123456789012',
    '123456789012',
  ]);
});

test('a role is in its account by the name and by the ID', () => {
  expect(isInAccount(named, 'production')).toBe(true);
  expect(isInAccount(named, '123456789012')).toBe(true);
  expect(isInAccount(plain, '123456789012')).toBe(true);
});

test('a role is in no other account', () => {
  expect(isInAccount(named, 'staging')).toBe(false);
  expect(isInAccount(named, '210987654321')).toBe(false);
  expect(isInAccount(plain, 'production')).toBe(false);
});
