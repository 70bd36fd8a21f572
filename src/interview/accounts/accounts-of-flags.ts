import { accountNames } from '../../answers/refresh/account-names.ts';
import type { Draft } from '../../answers/read.ts';
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
  { account = [] }: FlagValues,
  found: FoundAccounts | undefined,
): Draft[] | undefined {
  const named = account.map(accountOfFlag);
  if (named.length === 0 && !found) return undefined;
  const ids = new Set(named.map(({ id }) => id));
  const others = (found?.accounts ?? []).filter(({ id }) => !ids.has(id));
  const names = accountNames(
    others,
    named.map(({ name }) => name),
  );
  return [...named, ...others.map(({ id }, index) => ({ name: names[index] ?? id, id }))];
}

/** `prod=123456789012`, or a name alone. */
export function accountOfFlag(text: string): { name: string; id?: string } {
  const at = text.indexOf('=');
  if (at < 0) return { name: text };
  if (at > 0) return { name: text.slice(0, at), id: readAccountId(text.slice(at + 1)) };
  throw new ProblemError([
    { where: '--account', what: `${text} has no name before =`, fix: 'Give it as NAME=ID' },
  ]);
}
