import type { Blueprint } from '../blueprint/blueprint.ts';

/**
 * How a person runs this program in a generated repository, as the words of a shell command: by the npm package of
 * `ci.generator`, otherwise as an installed copy. Nothing that is generated names a package that anyone could publish.
 */
export function programCall({ generator }: Blueprint['ci']): readonly string[] {
  return generator?.from === 'registry' ? ['npx', generator.package] : ['create-gitlab-aws-oidc'];
}
