import { nameRef, pluralOf } from '../../gitlab/ref.ts';
import type { Answers, Role } from '../schema.ts';
import { removedFromDifferences } from './accounts/differences.ts';
import type { Change } from './change.ts';
import type { RefEdit } from './edit.ts';
import { pathsAnywhere, refsOf, roleWithProject } from './project.ts';
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
  const checkOthers = (refs: Role['refs'], place: string) => {
    if (refsOf({ refs }, 'branch').length + refsOf({ refs }, 'tag').length > 1) return;
    refuse(
      where,
      `it is the only ref from which role ${role.name} may be assumed${place}`,
      `Remove the role (remove role ${role.name}), or add another branch or tag first`,
    );
  };
  if (there >= 0) checkOthers(role.refs, '');
  const inAccounts = removedFromDifferences(
    role,
    index,
    ({ refs }, account) => {
      const place = refs ? refsOf({ refs }, kind).indexOf(name) : -1;
      if (refs && place >= 0) checkOthers(refs, ` in account ${account}`);
      return place;
    },
    ['refs', pluralOf(kind)],
  );
  if (there < 0 && inAccounts.length === 0)
    refuseUnknown(kind, name, `role ${role.name} has`, refsOf(role, kind));
  return [...(there < 0 ? [] : [{ remove: [...list, there] }]), ...inAccounts];
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
