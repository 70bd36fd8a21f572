import type { RefType } from '../ref.ts';
import type { SubComponent } from '../subject.ts';
import type { ProjectNamed, Setting } from './setting.ts';

/** The Maintainer role. @see https://docs.gitlab.com/api/access_requests/ (valid access levels) */
const MAINTAINER = '40';

/**
 * Builds the subject of the project's ID tokens from these components (GitLab 17.10).
 *
 * @see https://docs.gitlab.com/api/projects/#update-a-project
 */
export function subjectFormSetting(
  project: ProjectNamed,
  components: readonly SubComponent[],
): Setting {
  return {
    method: 'PUT',
    project,
    below: '',
    parameters: components.map((component) => ['ci_id_token_sub_claim_components[]', component]),
    why: `${project.path}: the subject of its ID tokens contains ${components.join(', ')}`,
  };
}

/**
 * Lets only Maintainers push to a branch, or create a tag; the name may contain the wildcard `*`.
 *
 * @see https://docs.gitlab.com/api/protected_branches/#protect-repository-branches
 * @see https://docs.gitlab.com/api/protected_tags/#protect-repository-tags
 */
export function protectionSetting(project: ProjectNamed, type: RefType, name: string): Setting {
  const branch = type === 'branch';
  return {
    method: 'POST',
    project,
    below: branch ? '/protected_branches' : '/protected_tags',
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
 * Keeps merge requests from forks from running pipelines in the project.
 *
 * @see https://docs.gitlab.com/ci/pipelines/merge_request_pipelines/#use-with-forked-projects
 */
export function forkPipelinesSetting(project: ProjectNamed): Setting {
  return {
    method: 'PUT',
    project,
    below: '',
    parameters: [['ci_allow_fork_pipelines_to_run_in_parent_project', 'false']],
    why: `${project.path}: merge requests from forks do not run pipelines in it`,
  };
}
