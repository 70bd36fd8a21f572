import { accountOf } from '../access/account.ts';
import type { RoleKey } from '../access/role-context.ts';
import { accountsInWords } from '../blueprint/accounts/roles-of-accounts.ts';
import { ANY_ACCOUNT } from '../iam/arn.ts';

/** A role of a report. */
interface RoleOfReport {
  readonly key: RoleKey;
  /** What reports call it, such as `prod/deploy`. */
  readonly label: string;
}

/** What a report says once, although it holds in several accounts. */
export interface OnceForAccounts<T> {
  /** That of the first account. */
  readonly first: T;
  /** The name of the role without an account, where others of the report are in other accounts; otherwise its label. */
  readonly role: string;
  /** Such as `every account except prod`; `undefined` where the report is about one account. */
  readonly accounts: string | undefined;
  /** In how many accounts. */
  readonly times: number;
  /** Both in words, such as `deploy in every account`, or the label where the role is in one account. */
  readonly title: string;
}

/**
 * Puts together what is the same for roles of one name in different accounts. The different ones of a name follow each other.
 *
 * @param roleOf the role that an item is about
 * @param contentOf all that is reported of it; items with the same differ in their accounts alone
 */
export function onceForAccounts<T>(
  items: readonly T[],
  roleOf: (item: T) => RoleOfReport,
  contentOf: (item: T) => string,
): OnceForAccounts<T>[] {
  const all = [...new Set(items.map((item) => accountOf(roleOf(item).key)))];
  const named = all.length > 1 && !all.includes(ANY_ACCOUNT);
  if (!named) {
    return items.map((first) => {
      const { label } = roleOf(first);
      return { first, role: label, accounts: undefined, times: 1, title: label };
    });
  }
  const byName = new Map<string, Map<string, Set<string>[]>>();
  const firsts = new Map<Set<string>, T>();
  for (const item of items) {
    const role = roleOf(item);
    const contents = byName.get(role.key.name) ?? new Map<string, Set<string>[]>();
    byName.set(role.key.name, contents);
    const content = contentOf(item);
    const groups = contents.get(content) ?? [];
    contents.set(content, groups);
    const account = accountOf(role.key);
    // One input may have a role of one account twice.
    const open = groups.find((group) => !group.has(account));
    if (open) open.add(account);
    else {
      const group = new Set([account]);
      groups.push(group);
      firsts.set(group, item);
    }
  }
  return [...byName].flatMap(([role, contents]) =>
    [...contents.values()].flat().flatMap((group) => {
      const first = firsts.get(group);
      if (first === undefined) return [];
      const accounts = accountsInWords(
        [...group].map((name) => ({ name })),
        all,
      );
      const title = group.size === 1 ? roleOf(first).label : `${role} in ${accounts}`;
      return [{ first, role, accounts, times: group.size, title }];
    }),
  );
}
