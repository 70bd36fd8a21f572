import type { Answers } from '../../schema.ts';
import type { Change } from '../change.ts';
import type { AccountEdit } from '../edit.ts';
import { refuse, refuseUnknown } from '../refuse.ts';
import { whichRole } from '../which-role.ts';
import { removeDifferences } from './differences.ts';
import { nameOnlyAccount } from './only-account.ts';

/**
 * Adds an account, gives the one that has no name its name, or removes one.
 *
 * @throws {ProblemError} where the edit is of another account and the only one has no name yet, or leaves a role nowhere
 */
export function editAccount(answers: Answers, edit: AccountEdit): Change[] {
  const { verb, name, id, roles: named = [] } = edit;
  const { accounts } = answers;
  const where = `account ${name}`;
  if (!accounts) return nameOnlyAccount(answers, edit, where);
  const index = accounts.findIndex((account) => account.name === name);
  if (verb === 'add') {
    if (index < 0) {
      return [
        { append: { name, ...(id === undefined ? {} : { id }) }, to: ['accounts'] },
        ...placedIn(answers, name, named, where),
      ];
    }
    return refuse(where, 'there is an account of that name already', 'Give it another name');
  }
  const names = accounts.map((account) => account.name);
  if (index < 0) refuseUnknown('account', name, 'there is', names);
  if (accounts.length === 1) {
    refuse(where, 'it is the only account', 'Add another first, or run terraform destroy');
  }
  return [{ remove: ['accounts', index] }, ...mentionsOf(answers, name, where)];
}

/** Puts an account that is new among those of the roles that name theirs. */
function placedIn(
  answers: Answers,
  name: string,
  named: readonly string[],
  where: string,
): Change[] {
  const { roles } = answers;
  if (named.length === 0 && roles.every((role) => role.accounts !== undefined)) {
    refuse(
      where,
      'every role names its accounts, so none would be in it',
      `Name the roles to put in it, e.g. --role ${roles[0]?.name ?? ''}`,
    );
  }
  return [...new Set(named)].flatMap((roleName) => {
    const { role, index } = whichRole(answers, roleName, where);
    // A role that names no accounts is in every one.
    return role.accounts ? [{ append: name, to: ['roles', index, 'accounts'] }] : [];
  });
}

/** What else names the account: the roles that live in it, their differences, and the order of the pipeline. */
function mentionsOf({ roles, ci }: Answers, name: string, where: string): Change[] {
  const ofRoles = roles.flatMap((role, index): Change[] => {
    if (role.accounts?.length === 1 && role.accounts[0] === name) {
      return refuse(
        where,
        `role ${role.name} is in no other account`,
        `Remove the role first (remove role ${role.name}), or add it to another account`,
      );
    }
    const at = role.accounts?.indexOf(name) ?? -1;
    return [
      ...(at < 0 ? [] : [{ remove: ['roles', index, 'accounts', at] }]),
      ...removeDifferences(role, index, [name]),
    ];
  });
  const order = ci.promotion?.indexOf(name) ?? -1;
  return [...ofRoles, ...(order < 0 ? [] : [{ remove: ['ci', 'promotion', order] }])];
}
