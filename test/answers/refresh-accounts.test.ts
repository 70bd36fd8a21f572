import { expect, test } from '@jest/globals';
import { refreshAccounts, type ListedNow } from '../../src/answers/refresh/accounts.ts';
import { answers, role } from '../support/builders/answers.ts';

const listed = (id: string, name: string, change: Partial<ListedNow> = {}): ListedNow => ({
  id,
  name,
  active: true,
  management: false,
  ...change,
});

const [DEV, PROD, NEW] = ['111111111111', '222222222222', '333333333333'] as const;

const given = answers({
  aws: { region: 'eu-west-1' },
  accounts: [
    { name: 'dev', id: DEV },
    { name: 'production', id: PROD },
  ],
});
const both = [listed(DEV, 'Dev'), listed(PROD, 'Prod (renamed since)')];

test('accounts keep the names that they have in the answers', () => {
  expect(refreshAccounts(given, both)).toEqual({ changes: [], notes: [] });
});

test('a new account is added, by a name of its own', () => {
  expect(refreshAccounts(given, [...both, listed(NEW, 'DEV')])).toEqual({
    changes: [{ append: { name: `dev-${NEW}`, id: NEW }, to: ['accounts'] }],
    notes: [`dev-${NEW} (${NEW}) is new.`],
  });
});

test('a suspended account and the management account are not added', () => {
  const others = [
    listed(NEW, 'old', { active: false }),
    listed('999999999999', 'root', { management: true }),
  ];
  expect(refreshAccounts(given, [...both, ...others])).toEqual({ changes: [], notes: [] });
});

test('accounts that are gone or suspended are reported and kept', () => {
  expect(refreshAccounts(given, [listed(DEV, 'Dev', { active: false })])).toEqual({
    changes: [],
    notes: [
      `dev (${DEV}) is suspended or being closed. To remove it, run terraform destroy, then: remove account dev`,
      `production (${PROD}) is not among the listed accounts. To remove it, run terraform destroy, then: remove account production`,
    ],
  });
});

test('an account without an ID gets that of the only account of its name', () => {
  const { id: _, ...unnamed } = { name: 'dev', id: DEV };
  const without = { ...given, accounts: [unnamed] };
  expect(refreshAccounts(without, [listed(DEV, 'Dev')])).toEqual({
    changes: [{ set: DEV, at: ['accounts', 0, 'id'] }],
    notes: [`dev has the ID ${DEV}.`],
  });
  const { changes, notes } = refreshAccounts(without, [listed(DEV, 'Dev'), listed(NEW, 'dev!')]);
  expect(notes[0]).toBe('dev has no ID, so it cannot be compared.');
  expect(changes).toHaveLength(2);
});

test('a new account is only reported where every role names its accounts', () => {
  const roles = [role({ accounts: ['dev'] }), role({ name: 'read', accounts: ['production'] })];
  expect(refreshAccounts({ ...given, roles }, [...both, listed(NEW, 'Stage')])).toEqual({
    changes: [],
    notes: [
      `stage (${NEW}) is new, but every role names its accounts. Add it with: add account stage=${NEW} --role ROLE`,
    ],
  });
});
