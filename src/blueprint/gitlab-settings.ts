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
  const of = (kind: GitlabSettings['kind'], path: string) => {
    const own = roles.filter((role) => names(role, kind, path));
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
      components: subjectForms.find(({ project }) => project === path)?.components,
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

/** Whether a role is for the group, or for the project by its own path or by that of a group. */
function names({ projects = [], groups = [] }: Role, kind: 'project' | 'group', path: string) {
  if (kind === 'group') return groups.some((group) => group.path === path);
  return (
    projects.some((project) => project.path === path) ||
    groups.some((group) => path.startsWith(`${group.path}/`))
  );
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
