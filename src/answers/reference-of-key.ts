/** What of a generated repository an answer changes. */
export const OUTPUTS = {
  provider: '`terraform/oidc-provider.tf` and the provider in `lib/gitlab-oidc-stack.ts`',
  role: 'name, limits and tags of the role in `terraform/roles.tf` and `lib/gitlab-oidc-stack.ts`',
  trust: 'the trust policies in the same files',
  permissions: 'the attached and inline policies in the same files',
  'AWS provider': '`terraform/providers.tf` and the provider in `lib/gitlab-oidc-stack.ts`',
  backend: '`terraform/versions.tf` or the backend in `lib/`, and the pipeline of this repository',
  jobs: '`ci/assume-role.gitlab-ci.yml`, which the jobs of other projects extend',
  pipeline: '`.gitlab-ci.yml`, the pipeline of this repository',
  bootstrap: '`bootstrap/`, and path and boundary of the roles in `terraform/roles.tf`',
  guard: 'the policies of the organization in `org/`',
  README: 'only what `README.md` tells people to do',
  files: 'which files there are',
  check: 'no file: the answer is checked, and the others are accepted or refused',
} as const;

/** What the reference of the answers says of a key beside its description and type in the schema. */
export interface KeyReference {
  /** What holds where the key is left out, in Markdown; absent for a required key without one. */
  readonly default?: string;
  /** The value as YAML. */
  readonly example: string;
  readonly changes: readonly (keyof typeof OUTPUTS)[];
  /** What the key means, where the schema holds an object or a choice that describes itself. */
  readonly meaning?: string;
}
