import { describe, expect, test } from '@jest/globals';
import type { Account, Answers, Role } from '../../../src/answers/schema.ts';
import { accessDiffByAccount } from '../../../src/blueprint/access-diff/by-account.ts';
import { accountsInWords } from '../../../src/blueprint/accounts/roles-of-accounts.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { movedBlocks } from '../../../src/render/access-diff.ts';
import { answers, role } from '../../support/builders/answers.ts';

const TWO = [role(), role({ name: 'read' })];

function several(accounts: Account[], roles: Role[], change: Partial<Answers> = {}) {
  return blueprintOf(
    answers({ aws: { region: 'eu-west-1' }, accounts, roles, output: 'hcl', ...change }),
  );
}

describe('an account that is removed', () => {
  test.each<[string, Role[], Answers['provider']['mode'], string]>([
    ['a role and the provider', [role()], 'create', 'OIDC provider and role remain'],
    ['roles and the provider', TWO, 'create', 'OIDC provider and 2 roles remain'],
    ['a role', [role()], 'existing', 'role remains'],
    ['roles', TWO, 'existing', '2 roles remain'],
  ])('leaves %s in AWS, and how to delete them', (_, roles, mode, left) => {
    const change = { provider: { mode } };
    const before = several([{ name: 'dev' }, { name: 'qa' }], roles, change);
    const after = several([{ name: 'dev' }], roles, change);
    expect(accessDiffByAccount(before, after).changes.map(({ text }) => text)).toEqual([
      `qa: the account is no longer managed here, and its ${left} in AWS; to delete what remains, run terraform destroy in terraform/accounts/qa as it is before this update`,
    ]);
  });
});

test('an account that is removed keeps its bootstrap, by which the pipeline can still sign in', () => {
  const change: Partial<Answers> = {
    gitlab: { url: 'https://gitlab.com', repository: 'acme/oidc' },
    state: { backend: 's3', bucket: 'my-states', key: '{account}.tfstate' },
    bootstrap: { state_account: '999999999999' },
  };
  const [dev, qa] = [
    { name: 'dev', id: '111111111111' },
    { name: 'qa', id: '222222222222' },
  ];
  const before = several([dev, qa], [role()], change);
  const after = several([dev], [role()], change);
  const texts = accessDiffByAccount(before, after).changes.map(({ text }) => text);
  expect(texts).toEqual([
    'qa: the account is no longer managed here, and its role remains in AWS; to delete what remains, run terraform destroy in terraform/accounts/qa as it is before this update. Its bootstrap remains, too: the pipeline can sign in there until you delete it',
  ]);
});

test('what moves in several accounts has the name of each account once above it', () => {
  const accounts = [{ name: 'dev' }, { name: 'prod' }];
  const permissions = { managed_policies: ['ReadOnlyAccess'] };
  const own = { dev: { refs: { branches: ['next'] } }, prod: { refs: { branches: ['next'] } } };
  const before = several(accounts, [role({ permissions })]);
  const after = several(accounts, [role({ permissions, differences: own })]);
  const lines = movedBlocks(accessDiffByAccount(before, after).moves).split('\n');
  expect(lines.filter((line) => /^(#|moved)/.test(line))).toEqual([
    '# terraform/accounts/dev',
    'moved {',
    'moved {',
    '# terraform/accounts/prod',
    'moved {',
    'moved {',
  ]);
});

describe('which accounts have a role, in words', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  test.each([
    [['a'], ['a'], 'a'],
    [['a', 'b'], ['a', 'b'], 'every account'],
    [['a', 'b'], all, 'a and b'],
    [all.slice(2), all, 'every account except a and b'],
    [all.slice(0, 4), all, '4 accounts'],
  ])('%j of %j', (having, of, words) => {
    expect(
      accountsInWords(
        having.map((name) => ({ name })),
        of,
      ),
    ).toBe(words);
  });
});
