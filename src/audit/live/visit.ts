import type { LiveFailure } from '../../aws/live/failure.ts';
import type { OrganizationAccount } from '../../aws/organization/account.ts';
import type { AccountVisit, LiveAccount } from './live-account.ts';

/** How accounts are visited; each function is about one account and never throws. */
export interface Visitor {
  /** What an earlier run kept of it. */
  readonly kept: (account: string) => Promise<LiveAccount | undefined>;
  /** Asks AWS. `isOwn`: the caller's own credentials do not work any more, so no further account can be read. */
  readonly read: (
    account: string,
  ) => Promise<LiveAccount | (LiveFailure & { readonly isOwn?: boolean })>;
  /** So many accounts at once. */
  readonly parallel: number;
  readonly onDone?: (done: number, of: number, visit: AccountVisit) => void;
}

/** Visits accounts. What goes wrong with one is its result, and the others are visited all the same. */
export async function visitAccounts(
  accounts: readonly OrganizationAccount[],
  visitor: Visitor,
): Promise<AccountVisit[]> {
  const visits = new Map<string, AccountVisit>();
  const pending = [...accounts];
  let ended: LiveFailure | undefined;
  const work = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const visit = await visitOne(next, visitor, ended, (failure) => (ended ??= failure));
      visits.set(next.id, visit);
      visitor.onDone?.(visits.size, accounts.length, visit);
    }
  };
  await Promise.all(Array.from({ length: visitor.parallel }, work));
  return accounts.flatMap(({ id }) => visits.get(id) ?? []);
}

async function visitOne(
  { id: account, name, active }: OrganizationAccount,
  { kept, read }: Visitor,
  ended: LiveFailure | undefined,
  end: (failure: LiveFailure) => void,
): Promise<AccountVisit> {
  if (!active) return { account, name, status: 'skipped', what: 'the account is suspended' };
  const known = await kept(account);
  if (known) return { account, name, status: 'kept', found: known };
  const found = ended ?? (await read(account));
  if (!('kind' in found)) return { account, name, status: 'read', found };
  const { kind, text } = found;
  if ('isOwn' in found && found.isOwn === true) end({ kind, text });
  return { account, name, status: kind, what: text };
}
