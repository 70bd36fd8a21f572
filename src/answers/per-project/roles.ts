import { isDeepStrictEqual } from 'node:util';
import type { Answers, Project, Role } from '../schema.ts';
import { filled, projectRoleName } from './name.ts';

/** Answers in which every role is one role, and where each of them comes from. */
export interface ProjectRoles {
  readonly answers: Answers;
  /** A place in these answers, such as `roles[7].projects[0]`, as a place in those that were given. */
  readonly placeOf: (where: string) => string;
}

interface FromRole {
  readonly role: Role;
  /** Of the role that was given. */
  readonly index: number;
  /** Of the project whose role it is. */
  readonly path: string | undefined;
}

/** Makes a role of each project of each role that has one for each. */
export function withProjectRoles(given: Answers): ProjectRoles {
  if (!given.roles.some(({ per_project }) => per_project)) {
    return { answers: given, placeOf: (where) => where };
  }
  const names = given.accounts?.map(({ name }) => name) ?? [];
  const made = given.roles.flatMap((role, index): FromRole[] =>
    role.per_project
      ? pathsOf(role).map((path) => ({ role: roleFor(role, path, names), index, path }))
      : [{ role, index, path: undefined }],
  );
  const placeOf = (where: string) => {
    const [whole, position, own] = /^roles\[(\d+)\](\.projects\[0\])?/.exec(where) ?? [];
    const one = position === undefined ? undefined : made[Number(position)];
    if (whole === undefined || !one) return where;
    const { index, path } = one;
    const list =
      own === undefined || path === undefined ? (own ?? '') : projectIn(given.roles[index], path);
    return `roles[${index}]${list}${where.slice(whole.length)}`;
  };
  return { answers: { ...given, roles: made.map(({ role }) => role) }, placeOf };
}

/** The projects of a role, those that only some accounts have too. */
export function pathsOf({ projects = [], differences = {} }: Role): string[] {
  const all = [projects, ...Object.values(differences).map((one) => one.projects ?? [])].flat();
  return [...new Set(all.map(({ path }) => path))];
}

/** Where a role names a project. */
export function projectIn(role: Role | undefined, path: string): string {
  const at = (list: readonly Project[] = []) => list.findIndex((project) => project.path === path);
  if (at(role?.projects) >= 0) return `.projects[${at(role?.projects)}]`;
  const [name, difference] =
    Object.entries(role?.differences ?? {}).find(([, one]) => at(one.projects) >= 0) ?? [];
  return name === undefined ? '' : `.differences.${name}.projects[${at(difference?.projects)}]`;
}

/** The role of one project, in the accounts in which the given role has that project. */
function roleFor(role: Role, path: string, names: readonly string[]): Role {
  const { per_project, differences = {}, accounts = names, projects, ...others } = role;
  const of = (list: readonly Project[] = []) => list.filter((project) => project.path === path);
  const listIn = (name: string) =>
    (Object.hasOwn(differences, name) ? differences[name]?.projects : undefined) ?? projects;
  const having = accounts.filter((name) => of(listIn(name)).length > 0);
  const [base = of(listIn(having[0] ?? ''))] = [of(projects)].filter((list) => list.length > 0);
  const own = Object.entries(differences).flatMap(([name, { projects: list, ...difference }]) => {
    if (!having.includes(name) && names.includes(name)) return [];
    const isOther = list !== undefined && !isDeepStrictEqual(of(list), base);
    const one = { ...difference, ...(isOther ? { projects: of(list) } : {}) };
    return Object.keys(one).length > 0 ? [[name, filled(one, path)] as const] : [];
  });
  return {
    ...filled(others, path),
    name: projectRoleName(role.name, path),
    projects: base,
    ...(role.accounts || having.length < accounts.length ? { accounts: having } : {}),
    ...(own.length > 0 ? { differences: Object.fromEntries(own) } : {}),
  };
}
