import { shell } from '../render/escape/shell.ts';
import type { Claims } from './facts.ts';

/**
 * A call of GitLab's API about the project that the token is of.
 *
 * @param path below the project, such as `/protected_branches`
 * @param fields what is sent, form-encoded by curl
 */
export function projectCall(
  method: 'PUT' | 'POST',
  claims: Claims,
  instance: string,
  path: string,
  fields: readonly (readonly [name: string, value: string])[],
): string {
  const project = claims['project_id'] ?? claims['project_path'] ?? claims['sub'];
  const id = encodeURIComponent(String(project));
  return [
    `curl --fail --request ${method} --header "PRIVATE-TOKEN: $GITLAB_TOKEN" \\`,
    ...fields.map(([name, value]) => `  --data-urlencode ${shell(`${name}=${value}`)} \\`),
    `  ${shell(`${instance}/api/v4/projects/${id}${path}`)}`,
  ].join('\n');
}
