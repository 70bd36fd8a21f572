import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accountsInText } from '../../../src/aws/organization/accounts-in-text.ts';

const MANAGEMENT = '999999999999';

const arn = (id: string) => `arn:aws:organizations::${MANAGEMENT}:account/o-abcdefghij/${id}`;

/** An account as the AWS CLI prints it. */
const listed = (Id: string, Name: string, more: object = {}) => ({
  Id,
  Arn: arn(Id),
  Email: `${Id}@example.com`,
  Name,
  Status: 'ACTIVE',
  State: 'ACTIVE',
  JoinedMethod: 'CREATED',
  JoinedTimestamp: 1_700_000_000.123,
  ...more,
});

const active = { active: true, management: undefined };

describe('accounts are read from', () => {
  test('what aws organizations list-accounts prints, which names the management account', () => {
    const accounts = [
      listed('111111111111', 'Dev'),
      listed(MANAGEMENT, 'Root'),
      listed('222222222222', 'Old', { Status: 'SUSPENDED', State: 'CLOSED' }),
      listed('333333333333', 'Going', { State: 'PENDING_CLOSURE' }),
    ];
    expect(accountsInText(JSON.stringify({ Accounts: accounts }))).toEqual([
      { id: '111111111111', name: 'Dev', active: true, management: false },
      { id: MANAGEMENT, name: 'Root', active: true, management: true },
      { id: '222222222222', name: 'Old', active: false, management: false },
      { id: '333333333333', name: 'Going', active: false, management: false },
    ]);
  });

  test('the list alone, from a time when accounts had no State', () => {
    const text = '[{"Id": "111111111111", "Name": "Dev", "Status": "SUSPENDED", "Arn": null}]';
    expect(accountsInText(text)).toEqual([
      { id: '111111111111', name: 'Dev', active: false, management: undefined },
    ]);
  });

  test.each([
    ['with the titles of the AWS console', 'Account name,Account ID,Email,Status\r\n', 'Active'],
    ['with the names of the AWS CLI', '\uFEFFName,Id,Email,State\n', 'ACTIVE'],
  ])('a table %s', (_, heading, state) => {
    const rows = [
      `"Shop, ""old"" one",111111111111,a@example.com,${state}`,
      '',
      '"two\nlines",222222222222,,SUSPENDED',
      'plain,333333333333,,',
    ];
    expect(accountsInText(heading + rows.join('\n'))).toEqual([
      { id: '111111111111', name: 'Shop, "old" one', ...active },
      { id: '222222222222', name: 'two\nlines', active: false, management: undefined },
      { id: '333333333333', name: 'plain', ...active },
    ]);
  });

  test('lines of name and ID, with comments and IDs as the console shows them', () => {
    const text =
      '# ours\nprod=1111-1111-1111\n\n  a = b = 222222222222  # two signs\n333333333333\r\n';
    expect(accountsInText(text)).toEqual([
      { id: '111111111111', name: 'prod', ...active },
      { id: '222222222222', name: 'a = b', ...active },
      { id: '333333333333', name: '333333333333', ...active },
    ]);
  });

  test('an empty text: there are none', () => {
    expect(accountsInText('')).toEqual([]);
    expect(accountsInText('{"Accounts": []}')).toEqual([]);
  });
});

describe('a list is refused', () => {
  test.each<[string, string, string]>([
    ['of broken JSON', '{"Accounts": [', 'is not JSON'],
    ['of other JSON', '{"Roles": []}', 'lists no accounts with Id and Name'],
    ['with an ID that is a number', '[{"Id": 111111111111, "Name": "a"}]', 'lists no accounts'],
    ['with a member twice', '[{"Id": "1", "Id": "111111111111", "Name": "a"}]', 'twice'],
    ['with an ID without its zero', 'Name,Id\nprod,12345678901', 'which is not 12 digits'],
    ['of words', 'prod\n', 'has in line 1 no account: "prod"'],
    ['without an ID', 'dev=111111111111\nprod=\n', 'has in line 2 no account: "prod="'],
    ['with a cell that does not end', 'Name,Id\n"prod,111111111111\n', 'out of place after row 1'],
    ['in UTF-16', '\uFFFD\uFFFDa\0b\0', 'is not text in UTF-8'],
  ])('%s', (_, text, what) => {
    expect(accountsInText(text)).toEqual({
      what: expect.stringContaining(what),
      fix: expect.any(String),
    });
  });

  test('an ID that a spreadsheet has shortened is explained', () => {
    expect(accountsInText('prod=12345678901')).toMatchObject({
      fix: 'Put back the zeros at its beginning, which spreadsheets leave out',
    });
  });
});

const anyName = fc.string({ unit: 'binary', maxLength: 60 }).map((name) => name.replace(/\0/g, ''));
const anyAccounts = fc.array(fc.record({ id: fc.stringMatching(/^\d{12}$/), name: anyName }), {
  minLength: 1,
  maxLength: 8,
});

test('names of any characters come back from JSON, and from a table without white space around them', () => {
  fc.assert(
    fc.property(anyAccounts, (given) => {
      const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const expected = given.map(({ id, name }) => ({ id, name, ...active }));
      const json = JSON.stringify(given.map(({ id, name }) => ({ Id: id, Name: name })));
      expect(accountsInText(json)).toEqual(expected);
      const rows = given.map(({ id, name }) => `${id},${cell(name)}`);
      expect(accountsInText(['Id,Name', ...rows].join('\n'))).toEqual(
        expected.map((account) => ({ ...account, name: account.name.trim() })),
      );
    }),
  );
});

test('any text is read or refused, and every ID that is read has 12 digits', () => {
  const piece = fc.oneof(
    fc.constantFrom('Id,Name\n', '[', '{"Accounts":', '"', ',', '=', '\n', '111111111111', '#'),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const read = accountsInText(pieces.join(''));
      if ('what' in read) expect(read.what).not.toBe('');
      else for (const { id } of read) expect(id).toMatch(/^\d{12}$/);
    }),
  );
});
