import { checkRolePath } from '../../iam/role-fields.ts';
import { type Flaw, shown } from '../../text/flaw.ts';

/** A path that stands in resources of policies, where `*`, `?` and `$` would mean something else. */
export function checkBootstrapPath(path: string): Flaw | undefined {
  const flaw = checkRolePath(path);
  if (flaw) return flaw;
  if (/^\/([\w+=,.@-]+\/)+$/.test(path)) return undefined;
  return {
    what: `${shown(path)} cannot separate some roles from all others`,
    fix: 'Give a path such as /ci/: letters, digits and _+=,.@- between slashes',
  };
}

/** Whether a role below one path can also be below the other. */
export function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

/** The path and name of roles as the resource of a policy: `/app/*`, or `cdk-*` for roles without a path. */
export function checkRolePattern(pattern: string): Flaw | undefined {
  const fix = 'Give path and name of roles, such as /app/* or cdk-*';
  if (!/^\/?([\w+=,.@*?-]+\/)*[\w+=,.@*?-]+$/.test(pattern) || pattern.length > 512) {
    return { what: `${shown(pattern)} is not the path and name of roles`, fix };
  }
  if (/^[*?/]+$/.test(pattern)) {
    return { what: `${shown(pattern)} matches roles whatever their name`, fix };
  }
  return undefined;
}
