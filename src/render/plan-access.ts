import type { Blueprint } from '../blueprint/blueprint.ts';

/**
 * Who may download the plan; `undefined` where the plan must not be an artifact, since GitLab could not limit who reads
 * it. A GitLab that does not know the word refuses the whole file: `developer` came with 16.11, `maintainer` with 18.4.
 *
 * @see https://docs.gitlab.com/ci/yaml/#artifactsaccess
 */
export function planAccess({ ci, issuer }: Blueprint): 'maintainer' | 'developer' | undefined {
  if (ci.credentials === 'legacy-jwt') return undefined;
  return issuer.isGitlabCom ? 'maintainer' : 'developer';
}
