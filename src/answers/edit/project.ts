import { nameRef, type Ref } from '../../gitlab/ref.ts';
import type { Answers, Project, Role } from '../schema.ts';
import {
  checkAccountsOf,
  differenceIn,
  projectsIn,
  removedFromDifferences,
  setDifferences,
} from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { AddProject, RemoveProject } from './edit.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { type FoundRole, whichRole } from './which-role.ts';

export function addProject(answers: Answers, edit: AddProject): Change[] {
  const { path, id, branches, tags, accounts = [] } = edit;
  const where = `project ${path}`;
  const { role, index } = whichRole(answers, edit.role, where);
  const asked = [
    ...branches.map((name): Ref => ({ type: 'branch', name })),
    ...tags.map((name): Ref => ({ type: 'tag', name })),
  ];
  const checkRefs = ({ refs }: Pick<Role, 'refs'>, place: string) => {
    const missing = asked.find(({ type, name }) => !refsOf({ refs }, type).includes(name));
    if (!missing) return;
    refuse(
      where,
      `${nameRef(missing)} is not among the refs of role ${role.name}${place}, which count for all its projects`,
      `Add it for all of them first (add ${missing.type}), or give the project a role of its own (add role)`,
    );
  };
  const project = { path, ...(id === undefined ? {} : { id }) };
  if (accounts.length === 0) {
    if (role.projects?.some((one) => one.path === path)) {
      refuse(where, `role ${role.name} already allows it`, 'Name another project, or another role');
    }
    checkRefs(role, '');
    return [{ append: project, to: ['roles', index, 'projects'] }];
  }
  checkAccountsOf(answers, role, accounts, where);
  const lists = new Map<string, Project[]>();
  const changes: Change[] = [];
  for (const account of new Set(accounts)) {
    const difference = differenceIn(role, account);
    const known = projectsIn(role, account);
    if (known.some((one) => one.path === path)) {
      refuse(
        where,
        `role ${role.name} already allows it in account ${account}`,
        'Name another account',
      );
    }
    checkRefs({ refs: difference?.refs ?? role.refs }, ` in account ${account}`);
    const to = ['roles', index, 'differences', account, 'projects'];
    if (difference?.projects) changes.push({ append: project, to });
    else lists.set(account, [...known, project]);
  }
  return [...changes, ...setDifferences(role, index, 'projects', lists)];
}

/** Takes the project out of a role, everywhere or in the accounts that are named. */
export function removeProject(answers: Answers, edit: RemoveProject): Change[] {
  const { path, accounts = [] } = edit;
  const where = `project ${path}`;
  const { role, index } = roleWithProject(answers, path, edit.role, where);
  const others = (list: readonly Project[]) => list.filter((one) => one.path !== path);
  const without = (list: readonly Project[], account?: string) => {
    const left = others(list);
    const groups =
      (account === undefined ? undefined : differenceIn(role, account)?.groups) ?? role.groups;
    if (left.length > 0 || groups?.length) return left;
    return refuse(
      where,
      `it is the only one that may assume role ${role.name}${account === undefined ? '' : ` in account ${account}`}`,
      account === undefined
        ? `Remove the role (remove role ${role.name}), or add another project first`
        : `Take the account out of accounts of the role, or add another project there first`,
    );
  };
  const indexIn = (list: readonly Project[] = []) => list.findIndex((one) => one.path === path);
  if (accounts.length === 0) {
    const at = indexIn(role.projects);
    if (at >= 0) without(role.projects ?? []);
    const inAccounts = removedFromDifferences(
      role,
      index,
      ({ projects }, account) => {
        const place = indexIn(projects);
        if (place >= 0) without(projects ?? [], account);
        return place;
      },
      ['projects'],
    );
    return [...(at < 0 ? [] : [{ remove: ['roles', index, 'projects', at] }]), ...inAccounts];
  }
  checkAccountsOf(answers, role, accounts, where);
  const lists = new Map<string, Project[]>();
  const changes: Change[] = [];
  for (const account of new Set(accounts)) {
    const known = projectsIn(role, account);
    const at = indexIn(known);
    if (at < 0) {
      const paths = known.map((one) => one.path);
      refuseUnknown('project', path, `role ${role.name} has`, paths, ` in account ${account}`);
    }
    const left = without(known, account);
    if (differenceIn(role, account)?.projects)
      changes.push({ remove: ['roles', index, 'differences', account, 'projects', at] });
    else lists.set(account, left);
  }
  return [...changes, ...setDifferences(role, index, 'projects', lists)];
}

/** @throws {ProblemError} where no role has the project, or not the named one */
export function roleWithProject(
  answers: Answers,
  path: string,
  name: string | undefined,
  where: string,
): FoundRole {
  const has = (role: Role) => pathsAnywhere(role).includes(path);
  const known = answers.roles.flatMap(pathsAnywhere);
  if (!known.includes(path)) refuseUnknown('project', path, 'there is', [...new Set(known)]);
  const found = whichRole(answers, name, where, has);
  const { role } = found;
  if (!has(role)) refuseUnknown('project', path, `role ${role.name} has`, pathsAnywhere(role));
  return found;
}

/** The projects of a role, those that it has in some accounts only too. */
export function pathsAnywhere({ projects = [], differences = {} }: Role): string[] {
  const all = [projects, ...Object.values(differences).map((one) => one.projects ?? [])].flat();
  return [...new Set(all.map(({ path }) => path))];
}

export function refsOf({ refs }: Pick<Role, 'refs'>, type: Ref['type']): readonly string[] {
  return (type === 'branch' ? refs.branches : refs.tags) ?? [];
}
