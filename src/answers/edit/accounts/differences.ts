import type { Answers, Project, Role } from '../../schema.ts';
import type { Change } from '../change.ts';
import { refuse, refuseUnknown } from '../refuse.ts';

type AccountDifference = NonNullable<Role['differences']>[string];

/** What differs in one account, if anything does. */
export function differenceIn(
  { differences = {} }: Role,
  account: string,
): AccountDifference | undefined {
  return Object.hasOwn(differences, account) ? differences[account] : undefined;
}

/** The projects that a role allows in one account. */
export function projectsIn(role: Role, account: string): readonly Project[] {
  return differenceIn(role, account)?.projects ?? role.projects ?? [];
}

/**
 * Gives the role at an index another answer in some accounts.
 *
 * @param answers by account, each as a whole
 */
export function setDifferences<K extends keyof AccountDifference>(
  role: Role,
  index: number,
  key: K,
  answers: ReadonlyMap<string, AccountDifference[K]>,
): Change[] {
  const at = ['roles', index, 'differences'];
  if (answers.size === 0) return [];
  if (role.differences === undefined) {
    const differences = Array.from(answers, ([name, answer]) => [name, { [key]: answer }] as const);
    return [{ set: Object.fromEntries(differences), at }];
  }
  return Array.from(answers, ([name, answer]) =>
    differenceIn(role, name)
      ? { set: answer, at: [...at, name, key] }
      : { set: { [key]: answer }, at: [...at, name] },
  );
}

/** Takes what differs in some accounts out of the role at an index. */
export function removeDifferences(
  { differences = {} }: Role,
  index: number,
  accounts: readonly string[],
): Change[] {
  const at = ['roles', index, 'differences'];
  const all = Object.keys(differences);
  const gone = all.filter((name) => accounts.includes(name));
  return gone.length === all.length && all.length > 0
    ? [{ remove: at }]
    : gone.map((name) => ({ remove: [...at, name] }));
}

/** @throws {ProblemError} for an account that there is not, or in which the role is not */
export function checkAccountsOf(
  answers: Answers,
  role: Role,
  names: readonly string[],
  where: string,
): void {
  const known = answers.accounts?.map(({ name }) => name);
  if (!known) {
    refuse(
      where,
      'the answers are for one account without a name, so --account names none',
      'Leave --account out',
    );
  }
  for (const name of names) {
    if (!known.includes(name)) refuseUnknown('account', name, 'there is', known);
    if (role.accounts && !role.accounts.includes(name)) {
      refuse(
        where,
        `role ${role.name} is not in account ${name}`,
        `Add the account to accounts of the role, or name one of ${role.accounts.slice(0, 5).join(', ')}`,
      );
    }
  }
}

/**
 * Takes a value out of the lists that the differences of a role have.
 *
 * @param indexIn where it is in the list of one account, -1 where it is not
 * @param path of the list in a difference
 */
export function removedFromDifferences(
  { differences = {} }: Role,
  index: number,
  indexIn: (difference: AccountDifference, account: string) => number,
  path: readonly string[],
): Change[] {
  return Object.entries(differences).flatMap(([account, difference]) => {
    const at = indexIn(difference, account);
    return at < 0 ? [] : [{ remove: ['roles', index, 'differences', account, ...path, at] }];
  });
}
