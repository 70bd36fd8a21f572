import type { RoleKey } from './role-context.ts';

/** The account of a role as people call it: its name where it has one, otherwise its ID. */
export function accountOf({ account, accountName }: RoleKey): string {
  return accountName ?? account;
}

/** Whether a role is in an account, given by its name or its ID. */
export function isInAccount({ account, accountName }: RoleKey, asked: string): boolean {
  return account === asked || accountName === asked;
}

/** What reports call a role of an account that has a name, such as `prod/deploy`. */
export function labelIn(account: string, label: string): string {
  return `${account}/${label}`;
}

/** What {@link labelIn} was given. */
export function labelWithoutAccount({ accountName }: RoleKey, label: string): string {
  const start = accountName === undefined ? '' : labelIn(accountName, '');
  return label.startsWith(start) ? label.slice(start.length) : label;
}
