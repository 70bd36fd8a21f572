import { componentsOf } from '../answers/check/subject-form.ts';
import type { Answers } from '../answers/schema.ts';
import { DEFAULT_COMPONENTS } from '../gitlab/subject.ts';
import type { SubjectForm } from './blueprint.ts';

/** The projects whose subject is not of GitLab's default form, each once. */
export function subjectFormsOf({ roles, gitlab }: Answers): SubjectForm[] {
  const forms = new Map<string, SubjectForm>();
  const shared = gitlab.sub_components ?? DEFAULT_COMPONENTS;
  for (const project of roles.flatMap((role) => role.projects ?? [])) {
    const components = componentsOf(project, shared);
    if (components.join() === DEFAULT_COMPONENTS.join()) continue;
    const id = project.id ?? forms.get(project.path)?.id;
    forms.set(project.path, { project: project.path, id, components });
  }
  return [...forms.values()];
}
