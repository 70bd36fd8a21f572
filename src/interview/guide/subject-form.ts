import { checkComponents } from '../../answers/check/gitlab.ts';
import type { GitlabProject } from '../../gitlab/api/gitlab.ts';
import { subjectFormSetting } from '../../gitlab/settings/settings.ts';
import { isSubComponent, type SubComponent } from '../../gitlab/subject.ts';
import type { Guide } from './guide.ts';

/**
 * The form that a project's own setting gives its subjects, where it is not the one of all projects.
 *
 * @param shared the form of all projects; `chosen` where the answers say so rather than GitLab's default
 */
export function ownSubjectForm(
  project: GitlabProject,
  shared: { readonly components: readonly SubComponent[]; readonly chosen: boolean },
  guide: Guide,
): readonly SubComponent[] | undefined {
  const own = project.subComponents;
  if (own === undefined) {
    guide.unchecked(`the subject form of ${project.path}, which only its maintainers see`);
    return undefined;
  }
  if (own.join() === shared.components.join()) return undefined;
  if (shared.chosen) {
    guide.toSet(subjectFormSetting(project, shared.components));
    return undefined;
  }
  const known = own.filter(isSubComponent);
  const flaw = known.length < own.length ? undefined : checkComponents(known);
  if (known.length < own.length || flaw) {
    guide.person.say(
      `The subjects of ${project.path} hold ${own.join(', ')}: ${flaw?.what ?? 'not all of these are known here'}. It must be set to ${shared.components.join(', ')}.`,
    );
    guide.toSet(subjectFormSetting(project, shared.components));
    return undefined;
  }
  guide.person.say(
    `The subjects of ${project.path} hold ${own.join(', ')}; the trust policy matches that.`,
  );
  return known;
}
