import type { GitlabProject as FoundProject } from '../../gitlab/api/gitlab.ts';
import { isGitlabCom } from '../../gitlab/instance-url.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import { subjectFormSetting } from '../../gitlab/settings/settings.ts';
import { DEFAULT_COMPONENTS, isSubComponent } from '../../gitlab/subject.ts';
import { checkComponents } from '../check/gitlab.ts';
import { componentsOf } from '../check/subject-form.ts';
import type { Change } from '../edit/change.ts';
import type { Path } from '../path.ts';
import type { Answers, Project, Role } from '../schema.ts';

interface AskedProject {
  readonly given: Project;
  /** What GitLab says of it, wherever it is now. */
  readonly found: FoundProject | undefined;
  readonly at: Path;
  readonly role: Role;
  readonly answers: Answers;
  readonly findings: Findings;
}

interface RefreshOutcome {
  readonly changes: Change[];
  readonly notes: string[];
}

/** What follows from what GitLab says of a project. */
export function refreshProject(asked: AskedProject): RefreshOutcome {
  const { given, found, at } = asked;
  if (!found) {
    const id = given.id === undefined ? '' : ` (id ${given.id})`;
    return { changes: [], notes: [`${given.path}${id} is gone, or hidden from the token.`] };
  }
  const form = refreshForm(asked, found);
  const moved = found.path !== given.path;
  const { path } = found;
  const elsewhere = ![undefined, found.namespaceId].includes(given.namespace_id);
  return {
    changes: [
      ...(moved ? [{ set: path, at: [...at, 'path'] }] : []),
      ...(given.id === undefined ? [{ set: found.id, at: [...at, 'id'] }] : []),
      ...(elsewhere ? [{ set: found.namespaceId, at: [...at, 'namespace_id'] }] : []),
      ...form.changes,
    ],
    notes: [
      ...(moved ? [`${given.path} is ${path} now.`] : []),
      ...(given.id === undefined ? [`${path} has the id ${found.id}.`] : []),
      ...(elsewhere ? [`${path} is in the namespace ${found.namespaceId} now.`] : []),
      ...(found.archived ? [`${path} is archived: no pipeline runs in it.`] : []),
      ...form.notes,
    ],
  };
}

/**
 * The form of its subjects: one that the project has of its own is followed; where GitLab has its default and the answers
 * another, that is still to be set.
 */
function refreshForm(
  { given, role, answers, at, findings }: AskedProject,
  found: FoundProject,
): RefreshOutcome {
  const own = found.subComponents;
  const stated = componentsOf(given, answers.gitlab.sub_components ?? DEFAULT_COMPONENTS);
  if (own === undefined) {
    findings.unchecked.add(`the subject form of ${found.path}, which only its maintainers see`);
    return { changes: [], notes: [] };
  }
  if (own.join() === stated.join()) return { changes: [], notes: [] };
  const gitlabCom = isGitlabCom(answers.gitlab.issuer ?? answers.gitlab.url);
  const known = own.filter(isSubComponent);
  const isDefault = own.join() === DEFAULT_COMPONENTS.join();
  const fits =
    known.length === own.length &&
    !checkComponents(known) &&
    (['environment_protected', 'deployment_tier'] as const).every(
      (component) => own.includes(component) === (role[component] !== undefined),
    ) &&
    (!role.refs.protected_only || gitlabCom || own.includes('ref_protected'));
  const differs = `The subjects of ${found.path} hold ${own.join(', ')}`;
  if (isDefault || !fits) {
    const setting = subjectFormSetting(found, stated);
    findings.toSet.set(setting.why, setting);
    return { changes: [], notes: [`${differs}, not ${stated.join(', ')}: AWS denies its jobs.`] };
  }
  const place = [...at, 'sub_components'];
  return {
    changes: [...(given.sub_components ? [{ remove: place }] : []), { set: known, at: place }],
    notes: [`${differs} now.`],
  };
}
