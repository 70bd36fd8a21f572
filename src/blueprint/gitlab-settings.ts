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
  const projects = new Map<string, number | undefined>();
  for (const role of roles) for (const { path, id } of role.projects ?? []) projects.set(path, id);
  const groups = new Set(roles.flatMap((role) => (role.groups ?? []).map(({ path }) => path)));
  const forms = new Map(subjectForms.map(({ project, components }) => [project, components]));
  const needsOf = needsByPath(roles, isGitlabCom(gitlab.url));
  const settings: GitlabSettings[] = [];
  const add = (one: Omit<GitlabSettings, keyof RoleNeeds>) => {
    const { protectedRefs, forksMatter } = needsOf(one.kind, one.path);
    if (one.components === undefined && protectedRefs.length === 0 && !forksMatter) return;
    settings.push({ ...one, protectedRefs, forksMatter });
  };
  for (const [path, id] of projects)
    add({ kind: 'project', path, id, components: forms.get(path), except: NO_PATHS });
  for (const path of groups) {
    add({
      kind: 'group',
      path,
      id: undefined,
      components: groupForm?.components,
      except: [...projects.keys()].filter((project) => project.startsWith(`${path}/`)),
    });
  }
  return settings;
}

const NO_PATHS: readonly string[] = [];

type RoleNeeds = Pick<GitlabSettings, 'protectedRefs' | 'forksMatter'>;

/**
 * Finds what the roles for a group need, or those for a project by its own path or by that of a group above it. Projects
 * of the same roles share one result.
 */
function needsByPath(roles: readonly Role[], onGitlabCom: boolean) {
  const byProject = new Map<string, number[]>();
  const byGroup = new Map<string, number[]>();
  for (const [index, { projects = [], groups = [] }] of roles.entries()) {
    for (const { path } of projects) addTo(byProject, path, index);
    for (const { path } of groups) addTo(byGroup, path, index);
  }
  const decided = new Map<string, RoleNeeds>();
  return (kind: GitlabSettings['kind'], path: string): RoleNeeds => {
    const found =
      kind === 'group'
        ? [byGroup.get(path)]
        : [byProject.get(path), ...groupsAbove(path).map((group) => byGroup.get(group))];
    const inOrder = [...new Set(found.flatMap((indexes) => indexes ?? []))].sort(
      (one, other) => one - other,
    );
    const key = inOrder.join();
    const known = decided.get(key);
    if (known) return known;
    const own = inOrder.flatMap((index) => roles[index] ?? []);
    const needs = {
      protectedRefs: uniqueRefs(
        own.filter(({ refs }) => refs.protected_only).flatMap(refsOf),
      ).filter((ref) => !isEveryBranch(ref)),
      forksMatter: !onGitlabCom && own.some(({ refs }) => !refs.protected_only),
    };
    decided.set(key, needs);
    return needs;
  };
}

/** A role for every protected branch is for those that are protected: to protect all would end work on any other. */
function isEveryBranch({ type, name }: Ref): boolean {
  return type === 'branch' && /^\*+$/.test(name);
}

function addTo(indexes: Map<string, number[]>, path: string, index: number): void {
  const known = indexes.get(path);
  if (known) known.push(index);
  else indexes.set(path, [index]);
}

/** The groups that a project is in, at whatever depth. */
function groupsAbove(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
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
