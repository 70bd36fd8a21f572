import { nameRef, pluralOf } from '../../gitlab/ref.ts';
import type { Answers } from '../schema.ts';
import type { Change } from './change.ts';
import type { RefEdit } from './edit.ts';
import { pathsOf, refsOf, roleWithProject } from './project.ts';
import { refuse, refuseUnknown } from './refuse.ts';
import { type FoundRole, whichRole } from './which-role.ts';

export function editRef(answers: Answers, edit: RefEdit): Change[] {
  const { verb, kind, name } = edit;
  const where = nameRef({ type: kind, name });
  const { role, index } = roleOf(answers, edit, where);
  const list = ['roles', index, 'refs', pluralOf(kind)] as const;
  const there = refsOf(role, kind).indexOf(name);
  if (verb === 'add') {
    if (there < 0) return [{ append: name, to: list }];
    return refuse(where, `role ${role.name} already allows it`, 'Name another, or another role');
  }
  if (there < 0) refuseUnknown(kind, name, `role ${role.name} has`, refsOf(role, kind));
  if (refsOf(role, 'branch').length + refsOf(role, 'tag').length === 1) {
    refuse(
      where,
      `it is the only ref from which role ${role.name} may be assumed`,
      `Remove the role (remove role ${role.name}), or add another branch or tag first`,
    );
  }
  return [{ remove: [...list, there] }];
}

/** @throws {ProblemError} where the edit names one project and the ref would count for others too */
function roleOf(answers: Answers, { project, role: name }: RefEdit, where: string): FoundRole {
  if (project === undefined) return whichRole(answers, name, where);
  const found = roleWithProject(answers, project, name, where);
  const { role } = found;
  const others = [
    ...pathsOf(role).filter((path) => path !== project),
    ...(role.groups ?? []).map(({ path }) => `every project below ${path}`),
  ];
  if (others.length === 0) return found;
  return refuse(
    where,
    `the refs of role ${role.name} count for all its projects: ${others.slice(0, 3).join(', ')}${others.length > 3 ? ', …' : ''} too`,
    'Leave --project out if that is meant, or give the project a role of its own (add role)',
  );
}
