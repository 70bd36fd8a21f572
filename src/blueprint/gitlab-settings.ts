import type { Answers, Role } from '../answers/schema.ts';
import { isGitlabCom } from '../gitlab/instance-url.ts';
import type { Ref } from '../gitlab/ref.ts';
import type { Blueprint, GitlabSettings } from './blueprint.ts';

type DecidedForms = Pick<Blueprint, 'subjectForms' | 'groupForm'>;

/** What must be set in GitLab: one entry for each project and group that needs anything. */
export function gitlabSettingsOf(
  { roles, gitlab }: Answers,
  { subjectForms, groupForm }: DecidedForms,
): GitlabSettings[] {
  const projects = new Map(
    roles.flatMap((role) => (role.projects ?? []).map(({ path, id }) => [path, id] as const)),
  );
  const groups = new Set(roles.flatMap((role) => (role.groups ?? []).map(({ path }) => path)));
  const forms = new Map(subjectForms.map(({ project, components }) => [project, components]));
  const named = rolesByPath(roles);
  const of = (kind: GitlabSettings['kind'], path: string) => {
    const own = named(kind, path);
    return {
      kind,
      path,
      protectedRefs: uniqueRefs(own.filter(({ refs }) => refs.protected_only).flatMap(refsOf)),
      forksMatter: !isGitlabCom(gitlab.url) && own.some(({ refs }) => !refs.protected_only),
    };
  };
  const settings = [
    ...[...projects].map(([path, id]) => ({
      ...of('project', path),
      id,
      components: forms.get(path),
      except: [],
    })),
    ...[...groups].map((path) => ({
      ...of('group', path),
      id: undefined,
      components: groupForm?.components,
      except: [...projects.keys()].filter((project) => project.startsWith(`${path}/`)),
    })),
  ];
  return settings.filter(
    ({ components, protectedRefs, forksMatter }) =>
      components !== undefined || protectedRefs.length > 0 || forksMatter,
  );
}

/** Finds the roles for a group, or for a project by its own path or by that of a group above it, in their order. */
function rolesByPath(roles: readonly Role[]) {
  const indexes = new Map<string, number[]>();
  const add = (key: string, index: number) => {
    const known = indexes.get(key);
    if (known) known.push(index);
    else indexes.set(key, [index]);
  };
  for (const [index, { projects = [], groups = [] }] of roles.entries()) {
    for (const { path } of projects) add(`project ${path}`, index);
    for (const { path } of groups) add(`group ${path}`, index);
  }
  return (kind: GitlabSettings['kind'], path: string): Role[] => {
    const keys = kind === 'group' ? [`group ${path}`] : [`project ${path}`, ...groupsAbove(path)];
    const found = new Set(keys.flatMap((key) => indexes.get(key) ?? []));
    return [...found].sort((one, other) => one - other).flatMap((index) => roles[index] ?? []);
  };
}

/** The keys of the groups that a project is in, at whatever depth. */
function groupsAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => `group ${parts.slice(0, index + 1).join('/')}`);
}

function refsOf({ refs: { branches = [], tags = [] } }: Role): Ref[] {
  return [
    ...branches.map((name): Ref => ({ type: 'branch', name })),
    ...tags.map((name): Ref => ({ type: 'tag', name })),
  ];
}

function uniqueRefs(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [`${ref.type} ${ref.name}`, ref])).values()];
}
