import { checkAccountName } from '../../answers/check/accounts.ts';
import { accountNames } from '../../answers/refresh/account-names.ts';
import type { Draft } from '../../answers/read.ts';
import { checkAccountId } from '../../iam/role-fields.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import type { FlagValues } from '../flags.ts';
import { readAccountId } from '../reading/numbers.ts';
import type { FoundAccounts } from './found-accounts.ts';

/**
 * The accounts that flags name, with those that were found where `--accounts-from` says.
 *
 * @returns `undefined` where no flag is about accounts
 * @throws {ProblemError} for an account that two flags name differently
 */
export function accountsOfFlags(
  { account = [], 'account-id': id }: FlagValues,
  found: FoundAccounts | undefined,
): Draft[] | undefined {
  const named = account.map((text) => accountOfFlag(text, '--account'));
  if (named.length === 0 && !found) return undefined;
  if (id !== undefined) {
    const isOne = named.length === 1 && !found;
    const what = isOne
      ? 'the account has a name, which its ID stands beside'
      : 'there are several accounts, so it is not known whose ID this is';
    throw new ProblemError([{ where: '--account-id', what, fix: 'Give --account NAME=ID' }]);
  }
  const ids = new Set(named.map(({ id }) => id));
  const others = (found?.accounts ?? []).filter(({ id }) => !ids.has(id));
  const names = accountNames(
    others,
    named.map(({ name }) => name),
  );
  return [...named, ...others.map(({ id }, index) => ({ name: names[index] ?? id, id }))];
}

/**
 * `prod=123456789012`, or a name alone.
 *
 * @param where what the text was given to
 * @throws {ProblemError} where one of the two cannot be that of an account
 */
export function accountOfFlag(text: string, where: string): { name: string; id?: string } {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const id = at < 0 ? undefined : readAccountId(text.slice(at + 1));
  if (name === '') {
    const what = text === '' ? 'it is empty' : `${shown(text)} has no name before =`;
    throw new ProblemError([{ where, what, fix: 'Give it as NAME=ID, or NAME alone' }]);
  }
  const badName = checkAccountName(name);
  if (badName) throw new ProblemError([{ where, ...badName }]);
  if (id === undefined) return { name };
  const badId = checkAccountId(id);
  if (badId) {
    throw new ProblemError([
      { where, what: badId.what, fix: `Give 12 digits: ${name}=123456789012` },
    ]);
  }
  return { name, id };
}
