import { nameRef, type Ref } from '../../gitlab/ref.ts';
import type { Answers, Role } from '../schema.ts';
import type { Change } from './change.ts';
import type { AddProject } from './edit.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { type FoundRole, whichRole } from './which-role.ts';

export function addProject(answers: Answers, edit: AddProject): Change[] {
  const { path, id, branches, tags } = edit;
  const where = `project ${path}`;
  const { role, index } = whichRole(answers, edit.role, where);
  if (role.projects?.some((project) => project.path === path)) {
    refuse(where, `role ${role.name} already allows it`, 'Name another project, or another role');
  }
  const asked = [
    ...branches.map((name): Ref => ({ type: 'branch', name })),
    ...tags.map((name): Ref => ({ type: 'tag', name })),
  ];
  const missing = asked.find(({ type, name }) => !refsOf(role, type).includes(name));
  if (missing) {
    refuse(
      where,
      `${nameRef(missing)} is not among the refs of role ${role.name}, which count for all its projects`,
      `Add it for all of them first (add ${missing.type}), or give the project a role of its own (add role)`,
    );
  }
  const project = { path, ...(id === undefined ? {} : { id }) };
  return [{ append: project, to: ['roles', index, 'projects'] }];
}

export function removeProject(
  answers: Answers,
  path: string,
  roleName: string | undefined,
): Change[] {
  const where = `project ${path}`;
  const { role, index } = roleWithProject(answers, path, roleName, where);
  if (pathsOf(role).length === 1 && !role.groups?.length) {
    refuse(
      where,
      `it is the only one that may assume role ${role.name}`,
      `Remove the role (remove role ${role.name}), or add another project first`,
    );
  }
  return [{ remove: ['roles', index, 'projects', pathsOf(role).indexOf(path)] }];
}

/** @throws {ProblemError} where no role has the project, or not the named one */
export function roleWithProject(
  answers: Answers,
  path: string,
  name: string | undefined,
  where: string,
): FoundRole {
  const has = (role: Role) => pathsOf(role).includes(path);
  const known = answers.roles.flatMap(pathsOf);
  if (!known.includes(path)) refuseUnknown('project', path, 'there is', [...new Set(known)]);
  const found = whichRole(answers, name, where, has);
  const { role } = found;
  if (!has(role)) refuseUnknown('project', path, `role ${role.name} has`, pathsOf(role));
  return found;
}

export function pathsOf({ projects = [] }: Role): string[] {
  return projects.map(({ path }) => path);
}

export function refsOf({ refs }: Role, type: Ref['type']): readonly string[] {
  return (type === 'branch' ? refs.branches : refs.tags) ?? [];
}
