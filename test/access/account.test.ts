import { expect, test } from '@jest/globals';
import { accountOf, isInAccount, labelIn, labelWithoutAccount } from '../../src/access/account.ts';

const plain = { account: '123456789012', name: 'deploy' };
const named = { ...plain, accountName: 'production' };

test('an account is called by its name where the answers name it, otherwise by its ID', () => {
  expect([named, plain].map(accountOf)).toEqual(['production', '123456789012']);
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

test('the name of its account leaves the label of a role as it came, and nothing else does', () => {
  expect(labelWithoutAccount(named, labelIn('production', 'deploy'))).toBe('deploy');
  expect(labelWithoutAccount(named, 'staging/deploy')).toBe('staging/deploy');
  expect(labelWithoutAccount(plain, 'module.a/aws_iam_role.deploy')).toBe(
    'module.a/aws_iam_role.deploy',
  );
});
