import type { Change } from '../edit/change.ts';
import type { Answers } from '../schema.ts';
import { accountNames, plainName, type FoundAccount } from './account-names.ts';

/** An account that was listed. */
export interface ListedNow extends FoundAccount {
  /** Neither suspended nor being closed. */
  readonly active: boolean;
  readonly management: boolean | undefined;
}

/** What an organization says of the accounts of answers, now. */
export interface RefreshedAccounts {
  readonly changes: readonly Change[];
  /** What a person should know of it, a line each. */
  readonly notes: readonly string[];
}

/**
 * Compares the accounts of answers with those that are listed now. New accounts are added; an account that is gone is only
 * reported, since its roles and its state would be left behind.
 */
export function refreshAccounts(
  { accounts = [], roles }: Answers,
  listed: readonly ListedNow[],
): RefreshedAccounts {
  const byId = new Map(listed.map((one) => [one.id, one]));
  const known = new Set(accounts.map(({ id }) => id));
  const fresh = listed.filter(
    ({ id, active, management }) => active && management !== true && !known.has(id),
  );
  const changes: Change[] = [];
  const notes: string[] = [];
  const identified = new Set<string>();
  accounts.forEach(({ name, id }, index) => {
    if (id !== undefined) {
      const now = byId.get(id);
      if (now?.active) return;
      const state = now ? 'is suspended or being closed' : 'is not among the listed accounts';
      notes.push(
        `${name} (${id}) ${state}. To remove it, run terraform destroy, then: remove account ${name}`,
      );
      return;
    }
    const [only, ...others] = fresh.filter((one) => plainName(one.name) === name);
    if (!only || others.length > 0) {
      notes.push(`${name} has no ID, so it cannot be compared.`);
      return;
    }
    identified.add(only.id);
    changes.push({ set: only.id, at: ['accounts', index, 'id'] });
    notes.push(`${name} has the ID ${only.id}.`);
  });
  const added = fresh.filter(({ id }) => !identified.has(id));
  const names = accountNames(
    added,
    accounts.map(({ name }) => name),
  );
  const everywhere = roles.some((role) => role.accounts === undefined);
  added.forEach(({ id }, index) => {
    const name = names[index] ?? id;
    if (everywhere) changes.push({ append: { name, id }, to: ['accounts'] });
    notes.push(
      everywhere
        ? `${name} (${id}) is new.`
        : `${name} (${id}) is new, but every role names its accounts. Add it with: add account ${name}=${id} --role ROLE`,
    );
  });
  return { changes, notes };
}
