import type { Draft } from '../../answers/read.ts';
import { checkProjectPath } from '../../gitlab/project-path.ts';
import { forkPipelinesSetting } from '../../gitlab/settings/settings.ts';
import type { SubComponent } from '../../gitlab/subject.ts';
import { isAtLeast, SINCE } from '../../gitlab/version.ts';
import type { Guide } from './guide.ts';
import { ownSubjectForm } from './subject-form.ts';

/**
 * What GitLab knows of a project, in the form of the answers: its path of today, its id, and the form of its subjects.
 * It shows what a person should know of it.
 *
 * @returns `undefined` where GitLab does not say
 */
export async function projectAnswer(
  path: string,
  shared: { readonly components: readonly SubComponent[]; readonly chosen: boolean },
  guide: Guide,
): Promise<Draft | undefined> {
  const unchecked = `whether ${path} is there, and its id`;
  // What is not there is an answer; no answer, as after Esc, says nothing of it.
  const project = await guide.consult(
    `reading ${path}`,
    unchecked,
    async (gitlab, signal) => (await gitlab.project(path, signal)) ?? 'absent',
  );
  if (project === undefined) return undefined;
  if (project === 'absent' || checkProjectPath(project.path)) {
    guide.person.say(`The token sees no project ${path}.`);
    guide.unchecked(unchecked);
    return undefined;
  }
  guide.projects.set(project.path, project);
  if (project.path !== path) guide.person.say(`${path} is ${project.path} now.`);
  if (project.archived) {
    guide.person.say(`${project.path} is archived: no pipeline runs in it until that changes.`);
  }
  if (project.forkPipelines && guide.version && !isAtLeast(guide.version, SINCE.forkTokens)) {
    guide.toSet(forkPipelinesSetting(project));
  }
  const components = ownSubjectForm(project, shared, guide);
  return {
    path: project.path,
    id: project.id,
    ...(components ? { sub_components: components } : {}),
  };
}
