import { placeInAnswers, type AccountAnswers } from '../../answers/accounts.ts';
import type { Answers } from '../../answers/schema.ts';
import { ProblemError, type Problem } from '../../text/problem.ts';
import type { Blueprint, Issuer } from '../blueprint.ts';
import type { Placement } from '../parts/placement.ts';
import { sharedRolesOf } from './shared-roles.ts';
import { DecidedRoles, sameLabels, stackOf, type StackOfAnswers } from '../stack.ts';

/** The names of the IAM roles that a role of the answers became in an account, by its place and the account's name. */
export type PartNames = (role: number, account: string) => readonly string[];

/**
 * Decides what each account gets, and what they have in common.
 *
 * @throws {ProblemError} when a quota of IAM would be exceeded, naming the answer
 */
export function stacksOf(
  answers: Answers,
  accounts: readonly [AccountAnswers, ...AccountAnswers[]],
  issuer: Issuer,
  placement: Placement,
): Pick<Blueprint, 'stacks' | 'shared'> & { readonly partNames: PartNames } {
  const decided = new DecidedRoles();
  const problems = new Map<string, Problem>();
  const results = accounts.flatMap((account) => {
    const result = inPlace(account, () => stackOf(account, issuer, placement, decided), problems);
    return result ? [result] : [];
  });
  const [first, ...others] = results;
  if (problems.size > 0 || !first) throw new ProblemError([...problems.values()]);
  const partNames: PartNames = (role, name) => {
    const at = Math.max(
      accounts.findIndex((account) => account.name === name),
      0,
    );
    const place = accounts[at]?.places.findIndex(({ index }) => index === role) ?? -1;
    return results[at]?.partNames[place] ?? [];
  };
  if (!answers.accounts) return { stacks: [first.stack], shared: undefined, partNames };
  const { shared, labels } = sharedRolesOf(
    answers,
    accounts,
    results.map(({ stack }) => stack),
  );
  const flaws = sameLabels(shared.roles);
  if (flaws.length > 0) throw new ProblemError(flaws);
  const marked = ({ stack }: StackOfAnswers, index: number) => ({
    ...stack,
    shared: labels[index] ?? stack.shared,
  });
  const stacks = [marked(first, 0), ...others.map((one, index) => marked(one, index + 1))] as const;
  return { stacks, shared, partNames };
}

/** Problems of one account, at their places in the answers; one that several accounts share counts once. */
function inPlace<T>(
  account: AccountAnswers,
  decide: () => T,
  problems: Map<string, Problem>,
): T | undefined {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const problem of error.problems) {
      const where = placeInAnswers(account, problem.where);
      problems.set(`${where}\0${problem.what}`, { ...problem, where });
    }
    return undefined;
  }
}
