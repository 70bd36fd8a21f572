import { afterEach, expect, test } from '@jest/globals';
import type { AccountFilter } from '../../../src/aws/organization/list-accounts.ts';
import { listAccounts } from '../../../src/aws/organization/list-accounts.ts';
import { ProblemError } from '../../../src/text/problem.ts';
import {
  organizationsServer,
  type OrganizationsAnswer,
} from '../../support/stand-ins/organizations-server.ts';

type Answering = (call: string, input: Readonly<Record<string, string>>) => OrganizationsAnswer;

const account = (digit: string) => ({
  Id: digit.repeat(12),
  Name: `account ${digit}`,
  Arn: `arn:aws:organizations::${'9'.repeat(12)}:account/o-abcdefghij/${digit.repeat(12)}`,
  State: 'ACTIVE',
});

const NAMES = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = NAMES.map((name) => process.env[name]);

afterEach(() => {
  for (const [index, name] of NAMES.entries()) {
    const value = before[index];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

/** The digits of the accounts that are listed, or the problem, and the calls that were made. */
async function listed(answer: Answering, filter: AccountFilter = {}) {
  const server = await organizationsServer(answer);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  try {
    const accounts = await listAccounts(filter, 'aws', {});
    return { accounts, digits: accounts.map(({ id }) => id[0]).join(''), calls: server.calls };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { problem: error.problems[0], calls: server.calls };
  } finally {
    await server.close();
  }
}

test('every page is read, up to one without a token or with an empty one, and accounts come by ID', async () => {
  const answers: Record<string, OrganizationsAnswer> = {
    first: { Accounts: [account('3')], NextToken: 'two' },
    two: { Accounts: [], NextToken: 'three' },
    three: { Accounts: [account('9'), account('1')], NextToken: '' },
  };
  const { accounts, calls } = await listed(
    (_, { NextToken = 'first' }) => answers[NextToken] ?? {},
  );
  expect(accounts).toEqual([
    { id: '1'.repeat(12), name: 'account 1', active: true, management: false },
    { id: '3'.repeat(12), name: 'account 3', active: true, management: false },
    { id: '9'.repeat(12), name: 'account 9', active: true, management: true },
  ]);
  expect(calls).toEqual(['ListAccounts', 'ListAccounts two', 'ListAccounts three']);
});

test('a unit has the accounts of the units below it, and an account of two units counts once', async () => {
  const units: Record<string, string[]> = { 'ou-a': ['ou-b', 'ou-c'], 'ou-b': ['ou-d'] };
  const members: Record<string, string> = { 'ou-a': '1', 'ou-c': '3', 'ou-d': '4', 'ou-e': '1' };
  const { digits } = await listed(
    (call, { ParentId = '' }) =>
      call === 'ListAccountsForParent'
        ? { Accounts: Array.from(members[ParentId] ?? '', account) }
        : { OrganizationalUnits: (units[ParentId] ?? []).map((Id) => ({ Id })) },
    { organizationalUnits: ['ou-a', 'ou-e'] },
  );
  expect(digits).toBe('134');
});

test('an account needs every tag, with its very value', async () => {
  const tags: Record<string, object[]> = {
    1: [
      { Key: 'gitlab', Value: 'yes' },
      { Key: 'stage', Value: 'dev' },
    ],
    2: [
      { Key: 'gitlab', Value: 'Yes' },
      { Key: 'stage', Value: 'dev' },
    ],
    3: [{ Key: 'gitlab', Value: 'yes' }],
    4: [],
    5: [
      { Key: 'stage', Value: 'dev' },
      { Key: 'gitlab', Value: 'yes' },
      { Key: 'x', Value: '' },
    ],
  };
  const { digits } = await listed(
    (call, { ResourceId = '' }) =>
      call === 'ListAccounts'
        ? { Accounts: Array.from('12345', account) }
        : { Tags: tags[ResourceId.slice(0, 1)] ?? [] },
    { tags: { gitlab: 'yes', stage: 'dev' } },
  );
  expect(digits).toBe('15');
});

test('a refusal for too many calls is waited out', async () => {
  let refusals = 0;
  const { digits, calls } = await listed(() =>
    refusals++ < 2 ? { error: 'TooManyRequestsException' } : { Accounts: [account('1')] },
  );
  expect(digits).toBe('1');
  expect(calls).toHaveLength(3);
});

test.each([
  ['AccessDeniedException', 'management account or of a delegated administrator'],
  ['AWSOrganizationsNotInUseException', 'management account or of a delegated administrator'],
  ['ParentNotFoundException', 'e.g. ou-abcd-11112222'],
  ['UnrecognizedClientException', 'aws sso login'],
])('%s is reported in one line, with the way out', async (error, fix) => {
  const { problem, calls } = await listed(() => ({ error }));
  expect(problem?.what).toBe(
    `the accounts of the organization cannot be listed (${error.replace('Exception', '')}: a reason)`,
  );
  expect(problem?.fix).toContain(fix);
  expect(calls).toHaveLength(1);
});
