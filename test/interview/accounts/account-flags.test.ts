import { describe, expect, test } from '@jest/globals';
import { completeAnswers } from '../../../src/answers/read.ts';
import { applyFlags } from '../../../src/interview/apply-flags.ts';
import { findAccounts } from '../../../src/interview/accounts/found-accounts.ts';
import { AbsentPerson } from '../../../src/interview/asker.ts';
import type { FlagValues } from '../../../src/interview/flags.ts';
import { interview } from '../../../src/interview/interview.ts';
import { ProblemError } from '../../../src/text/problem.ts';

const noFiles = () => {
  throw new Error('no file is named');
};

/** The accounts of the answers that flags give, and what was reported; a file holds `text`. */
async function accountsOf(flags: FlagValues, text = '') {
  const found = await findAccounts(flags, () => text, {});
  const given = applyFlags({}, { project: ['mygroup/shop=20'], ...flags }, noFiles, found);
  const absent = new AbsentPerson(true);
  const answers = completeAnswers(await interview(given, { preset: 'role' }, absent, true));
  return { accounts: answers.accounts, notes: found?.notes };
}

async function problemOf(flags: FlagValues, text = '') {
  try {
    await accountsOf(flags, text);
  } catch (error) {
    if (error instanceof ProblemError) return error.problems[0];
    throw error;
  }
  throw new Error('nothing is wrong');
}

const FROM_FILE = { 'accounts-from': 'accounts.json' };

const arn = (id: string) => `arn:aws:organizations::999999999999:account/o-abcdefghij/${id}`;
const listed = (Id: string, Name: string, State = 'ACTIVE') => ({ Id, Name, Arn: arn(Id), State });

const ORGANIZATION = JSON.stringify({
  Accounts: [
    listed('111111111111', 'Shop (Dev)'),
    listed('999999999999', 'Management'),
    listed('222222222222', 'Old', 'SUSPENDED'),
    listed('333333333333', 'Shop Prod'),
    listed('333333333333', 'Shop Prod'),
  ],
});

describe('accounts of a file', () => {
  test('get names for folders and jobs; suspended ones and the management account are left out', async () => {
    expect(await accountsOf(FROM_FILE, ORGANIZATION)).toEqual({
      accounts: [
        { name: 'shop-dev', id: '111111111111' },
        { name: 'shop-prod', id: '333333333333' },
      ],
      notes: [
        'The management account 999999999999 is left out.',
        '1 account that is suspended or being closed is left out.',
      ],
    });
  });

  test('have the names that --account gives them, the management account too', async () => {
    const flags = { ...FROM_FILE, account: ['prod=3333-3333-3333', 'root=999999999999', 'new'] };
    expect((await accountsOf(flags, ORGANIZATION)).accounts).toEqual([
      { name: 'prod', id: '333333333333' },
      { name: 'root', id: '999999999999' },
      { name: 'new' },
      { name: 'shop-dev', id: '111111111111' },
    ]);
  });

  test('that would have the name of another have their ID in it', async () => {
    const flags = { ...FROM_FILE, account: ['dev=444444444444'] };
    expect((await accountsOf(flags, 'DEV=111111111111\nprod=222222222222')).accounts).toEqual([
      { name: 'dev', id: '444444444444' },
      { name: 'dev-111111111111', id: '111111111111' },
      { name: 'prod', id: '222222222222' },
    ]);
  });
});

describe('flags about accounts are refused', () => {
  test.each<[string, FlagValues, string, string, string]>([
    ['an empty file', FROM_FILE, '', '--accounts-from', '"accounts.json" lists no account in use'],
    [
      'a file with the management account alone',
      FROM_FILE,
      JSON.stringify([listed('999999999999', 'Root')]),
      '--accounts-from',
      '"accounts.json" lists no account in use but the management account',
    ],
    ['a file of words', FROM_FILE, 'prod', '--accounts-from', 'in line 1 no account: "prod"'],
    [
      'a unit without the organization',
      { 'accounts-ou': ['ou-abcd-11112222'] },
      '',
      '--accounts-ou',
      'it selects accounts of the organization, which are not asked for',
    ],
    [
      'a tag beside a file',
      { ...FROM_FILE, 'accounts-tag': ['a=b'] },
      'prod=111111111111',
      '--accounts-tag',
      'it selects accounts of the organization, which are not asked for',
    ],
    ['no name before =', { account: ['=111111111111'] }, '', '--account', 'has no name before ='],
    ['nothing', { account: [''] }, '', '--account', 'it is empty'],
    [
      'a unit of another form, before AWS is asked',
      { 'accounts-from': 'organization', 'accounts-ou': ['production'] },
      '',
      '--accounts-ou',
      '"production" is not the ID of an organizational unit',
    ],
    [
      'an ID beside one account',
      { account: ['dev'], 'account-id': '111111111111' },
      '',
      '--account-id',
      'the account has a name',
    ],
    ['an ID of letters', { account: ['prod=abc'] }, '', '--account', '"abc" is not an AWS'],
    ['capitals', { account: ['Prod'] }, '', '--account', '"Prod" is not a name for an account'],
    ['one name twice', { account: ['a', 'a'] }, '', 'accounts[1].name', '"a" is listed twice'],
    [
      'an ID for one account beside several',
      { account: ['a', 'b'], 'account-id': '111111111111' },
      '',
      '--account-id',
      'there are several accounts',
    ],
  ])('%s', async (_, flags, text, where, what) => {
    const problem = await problemOf(flags, text);
    expect(problem?.where).toBe(where);
    expect(problem?.what).toContain(what);
  });
});
