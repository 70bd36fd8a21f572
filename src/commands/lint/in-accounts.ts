import { accountsInWords } from '../../blueprint/accounts/roles-of-accounts.ts';
import type { LintedRole } from './result.ts';

/** ` in every account`, ` in dev and prod`; nothing for a role of one account, whose name says which one it is. */
export function inAccounts(labels: readonly string[], all: readonly string[]): string {
  const names = [...new Set(labels)];
  return names.length < 2 ? '' : ` in ${accountsInWords(named(names), all)}`;
}

/** The same, also of one account: of what holds for a part of the accounts only. */
export function inSomeAccounts(labels: readonly string[], all: readonly string[]): string {
  return ` in ${accountsInWords(named([...new Set(labels)]), all)}`;
}

/** All accounts of a report. */
export function accountsOfAll(roles: readonly LintedRole[]): string[] {
  return [...new Set(roles.flatMap(({ labels }) => labels))];
}

function named(names: readonly string[]) {
  return names.map((name) => ({ name }));
}
