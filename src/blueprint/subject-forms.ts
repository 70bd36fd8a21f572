import { componentsOf } from '../answers/check/subject-form.ts';
import type { Answers } from '../answers/schema.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../gitlab/subject.ts';
import type { Blueprint, GroupForm, ProjectSubjectForm } from './blueprint.ts';

type Forms = Pick<Blueprint, 'subjectForms' | 'groupForm'>;

/** The projects whose subject is not of GitLab's default form, each once. */
export function subjectFormsOf({ roles, gitlab }: Answers): ProjectSubjectForm[] {
  const forms = new Map<string, ProjectSubjectForm>();
  const shared = gitlab.sub_components ?? DEFAULT_COMPONENTS;
  for (const project of roles.flatMap((role) => role.projects ?? [])) {
    const components = componentsOf(project, shared);
    if (isDefault(components)) continue;
    forms.set(project.path, { project: project.path, id: project.id, components });
  }
  return [...forms.values()];
}

/** The groups whose projects need another form than GitLab's default. */
export function groupFormOf({ roles, gitlab }: Answers): GroupForm | undefined {
  const components = gitlab.sub_components ?? DEFAULT_COMPONENTS;
  const groups = new Set(roles.flatMap((role) => (role.groups ?? []).map(({ path }) => path)));
  return groups.size === 0 || isDefault(components)
    ? undefined
    : { groups: [...groups], components };
}

/** The form that a project's subject must have; GitLab's default where it is `undefined`. */
export function formOfProject(
  { subjectForms, groupForm }: Forms,
  path: string,
): readonly SubComponent[] | undefined {
  const isInGroup = groupForm?.groups.some((group) => path.startsWith(`${group}/`));
  return (
    subjectForms.find(({ project }) => project === path)?.components ??
    (isInGroup ? groupForm?.components : undefined)
  );
}

/** Whether there is a form to set in GitLab. */
export function hasOwnForms({ subjectForms, groupForm }: Forms): boolean {
  return subjectForms.length > 0 || groupForm !== undefined;
}

function isDefault(components: readonly SubComponent[]): boolean {
  return components.join() === DEFAULT_COMPONENTS.join();
}
