import type { RefType } from '../ref.ts';
import type { SubComponent } from '../subject.ts';
import { projectPlace, type Setting } from './setting.ts';

interface ProjectNamed {
  readonly id: number | undefined;
  readonly path: string;
}

/** The Maintainer role. @see https://docs.gitlab.com/api/access_requests/ (valid access levels) */
const MAINTAINER = '40';

/**
 * Has the project's ID tokens carry a subject of this form (GitLab 17.10).
 *
 * @see https://docs.gitlab.com/api/projects/#update-a-project
 */
export function subjectFormSetting(
  project: ProjectNamed,
  components: readonly SubComponent[],
): Setting {
  return {
    method: 'PUT',
    place: projectPlace(project),
    parameters: components.map((component) => ['ci_id_token_sub_claim_components[]', component]),
    why: `${project.path}: its ID tokens carry ${components.join(', ')}`,
  };
}

/**
 * Lets only Maintainers push to a branch, or create a tag; the name may hold the wildcard `*`.
 *
 * @see https://docs.gitlab.com/api/protected_branches/#protect-repository-branches
 * @see https://docs.gitlab.com/api/protected_tags/#protect-repository-tags
 */
export function protectionSetting(project: ProjectNamed, type: RefType, name: string): Setting {
  const branch = type === 'branch';
  return {
    method: 'POST',
    place: `${projectPlace(project)}/${branch ? 'protected_branches' : 'protected_tags'}`,
    parameters: branch
      ? [
          ['name', name],
          ['push_access_level', MAINTAINER],
          ['merge_access_level', MAINTAINER],
        ]
      : [
          ['name', name],
          ['create_access_level', MAINTAINER],
        ],
    why: `${project.path}: ${type} ${name} is protected`,
  };
}

/**
 * Keeps the merge requests of forks out of the project's own pipelines.
 *
 * @see https://docs.gitlab.com/ci/pipelines/merge_request_pipelines/#use-with-forked-projects
 */
export function forkPipelinesSetting(project: ProjectNamed): Setting {
  return {
    method: 'PUT',
    place: projectPlace(project),
    parameters: [['ci_allow_fork_pipelines_to_run_in_parent_project', 'false']],
    why: `${project.path}: merge requests of forks run no pipeline in it`,
  };
}
