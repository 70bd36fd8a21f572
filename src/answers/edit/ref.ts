import { nameRef, pluralOf } from '../../gitlab/ref.ts';
import type { Answers, Role } from '../schema.ts';
import {
  checkAccountsOf,
  differenceIn,
  removedFromDifferences,
  setDifferences,
} from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { RefEdit } from './edit.ts';
import { pathsAnywhere, refsOf, roleWithProject } from './project.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { type FoundRole, whichRole } from './which-role.ts';

export function editRef(answers: Answers, edit: RefEdit): Change[] {
  const { verb, kind, name, accounts = [] } = edit;
  const where = nameRef({ type: kind, name });
  const found = roleOf(answers, edit, where);
  const { role, index } = found;
  if (accounts.length > 0) {
    checkAccountsOf(answers, role, accounts, where);
    return editRefIn(new Set(accounts), edit, found, where);
  }
  const list = ['roles', index, 'refs', pluralOf(kind)] as const;
  const there = refsOf(role, kind).indexOf(name);
  if (verb === 'add') {
    if (there < 0) return [{ append: name, to: list }];
    return refuse(where, `role ${role.name} already allows it`, 'Name another, or another role');
  }
  if (there >= 0) checkOthers(role, role.refs, where, '');
  const inAccounts = removedFromDifferences(
    role,
    index,
    ({ refs }, account) => {
      const place = refs ? refsOf({ refs }, kind).indexOf(name) : -1;
      if (refs && place >= 0) checkOthers(role, refs, where, ` in account ${account}`);
      return place;
    },
    ['refs', pluralOf(kind)],
  );
  if (there < 0 && inAccounts.length === 0)
    refuseUnknown(kind, name, `role ${role.name} has`, refsOf(role, kind));
  return [...(there < 0 ? [] : [{ remove: [...list, there] }]), ...inAccounts];
}

/** In an account without refs of its own, the role's become its own. */
function editRefIn(
  accounts: ReadonlySet<string>,
  { verb, kind, name }: RefEdit,
  { role, index }: FoundRole,
  where: string,
): Change[] {
  const changes: Change[] = [];
  const copies = new Map<string, Role['refs']>();
  for (const account of accounts) {
    const own = differenceIn(role, account)?.refs;
    const refs = own ?? role.refs;
    const names = refsOf({ refs }, kind);
    const there = names.indexOf(name);
    const list = ['roles', index, 'differences', account, 'refs', pluralOf(kind)];
    if (verb === 'add' && there >= 0) {
      const what = `role ${role.name} already allows it in account ${account}`;
      refuse(where, what, 'Name another account');
    }
    if (verb === 'remove') {
      if (there < 0)
        refuseUnknown(kind, name, `role ${role.name} has`, names, ` in account ${account}`);
      checkOthers(role, refs, where, ` in account ${account}`);
    }
    if (own) {
      changes.push(verb === 'add' ? { append: name, to: list } : { remove: [...list, there] });
      continue;
    }
    const left = verb === 'add' ? [...names, name] : names.filter((one) => one !== name);
    const { branches, tags, ...limits } = { ...refs, [pluralOf(kind)]: left };
    copies.set(account, {
      ...(branches?.length ? { branches } : {}),
      ...(tags?.length ? { tags } : {}),
      ...limits,
    });
  }
  return [...changes, ...setDifferences(role, index, 'refs', copies)];
}

/** @throws {ProblemError} where a ref is the only one */
function checkOthers(role: Role, refs: Role['refs'], where: string, place: string): void {
  if (refsOf({ refs }, 'branch').length + refsOf({ refs }, 'tag').length > 1) return;
  refuse(
    where,
    `it is the only ref from which role ${role.name} may be assumed${place}`,
    `Remove the role (remove role ${role.name}), or add another branch or tag first`,
  );
}

/** @throws {ProblemError} where the edit names one project and the ref would count for others too */
function roleOf(answers: Answers, { project, role: name }: RefEdit, where: string): FoundRole {
  if (project === undefined) return whichRole(answers, name, where);
  const found = roleWithProject(answers, project, name, where);
  const { role } = found;
  const others = [
    ...pathsAnywhere(role).filter((path) => path !== project),
    ...(role.groups ?? []).map(({ path }) => `every project in ${path}`),
  ];
  if (others.length === 0) return found;
  return refuse(
    where,
    `the refs of role ${role.name} count for all its projects: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''} too`,
    'Leave --project out if that is meant, or give the project a role of its own (add role)',
  );
}
