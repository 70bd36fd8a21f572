import { safeParse } from 'valibot';
import type { Draft } from '../read.ts';
import { type Answers, RoleSchema } from '../schema.ts';
import { checkAccountsOf, removeDifferences } from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { RemoveRole } from './edit.ts';
import { refuse } from './refuse.ts';
import { whichRole } from './which-role.ts';

export function addRole({ roles }: Answers, role: Draft): Change[] {
  const name = String(role['name']);
  if (roles.some((one) => one.name === name)) {
    refuse(
      `role ${name}`,
      'there is a role of that name already',
      role['accounts'] === undefined
        ? 'Give it another name'
        : 'Give it another name, or add the account to accounts of that role in the file',
    );
  }
  // The schema puts answers in its order; what does not fit is for the file's reader to refuse.
  const shaped = safeParse(RoleSchema, role);
  return [{ append: shaped.success ? shaped.output : role, to: ['roles'] }];
}

/** Removes a role, or takes it out of the accounts that are named. */
export function removeRole(answers: Answers, { name, accounts = [] }: RemoveRole): Change[] {
  const where = `role ${name}`;
  const { role, index } = whichRole(answers, name, where);
  if (accounts.length > 0) {
    checkAccountsOf(answers, role, accounts, where);
    const all = role.accounts ?? (answers.accounts ?? []).map((account) => account.name);
    const left = all.filter((account) => !accounts.includes(account));
    if (left.length === 0) {
      refuse(where, 'it would be in no account', `Remove it everywhere: remove role ${name}`);
    }
    const at = ['roles', index, 'accounts'];
    // From the end, so that the places before it are what they were.
    const places = all.flatMap((account, place) => (left.includes(account) ? [] : [place]));
    return [
      ...(role.accounts
        ? places.reverse().map((place) => ({ remove: [...at, place] }))
        : [{ set: left, at }]),
      ...removeDifferences(role, index, accounts),
    ];
  }
  if (answers.roles.length === 1) {
    refuse(where, 'it is the only role', 'Add another first, or run terraform destroy');
  }
  return [{ remove: ['roles', index] }];
}
