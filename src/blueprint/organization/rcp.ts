import { bootstrapRoles } from '../../answers/bootstrap-defaults.ts';
import { componentsOf } from '../../answers/check/subject-form.ts';
import type { Answers, Organization } from '../../answers/schema.ts';
import { DEFAULT_COMPONENTS } from '../../gitlab/subject.ts';
import { oneOrMany, POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';
import type { Issuer } from '../blueprint.ts';
import type { AdmittedTokens } from './guard.ts';

/**
 * What the groups of an organization admit: by path, by ID where a subject begins with the ID of the project, as GitLab
 * 19.1 requires on a path that another project had, or by the ID of a group. IDs that the roles name need no mention.
 */
export function admittedBy(answers: Answers, { groups }: Organization): AdmittedTokens {
  const shared = answers.gitlab.sub_components ?? DEFAULT_COMPONENTS;
  const byPath = groups.filter(({ namespace_id }) => namespace_id === undefined);
  const named = [...answers.roles, ...bootstrapRoles(answers)]
    .flatMap(({ projects = [] }) => projects)
    .filter((project) => componentsOf(project, shared)[0] === 'project_id')
    .filter(({ path }) => byPath.some((group) => path.startsWith(`${group.path}/`)))
    .flatMap(({ id }) => (id === undefined ? [] : [id]));
  const ids = new Set([...byPath.flatMap(({ project_ids }) => project_ids ?? []), ...named]);
  const projectIds = [...ids].sort((one, other) => one - other);
  return {
    projectIds,
    subjects: [
      ...byPath.map(({ path }) => `project_path:${path}/*`),
      ...projectIds.map((id) => `project_id:${id}:*`),
    ],
    namespaceIds: groups.flatMap(({ namespace_id }) =>
      namespace_id === undefined ? [] : [String(namespace_id)],
    ),
  };
}

/**
 * Denies every other token of this issuer, whatever a trust policy says. A token of the issuer is one for which AWS has
 * `<issuer>:sub`: those of other issuers have keys of their own, and a negated operator alone would deny them too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function rcpDocument(
  { subjects, namespaceIds }: AdmittedTokens,
  { prefix }: Issuer,
): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: [
      {
        Sid: 'OnlyOurGroups',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Resource: '*',
        Condition: {
          Null: { [`${prefix}:sub`]: 'false' },
          ...(subjects.length === 0
            ? {}
            : { StringNotLike: { [`${prefix}:sub`]: oneOrMany(subjects) } }),
          ...(namespaceIds.length === 0
            ? {}
            : { StringNotEquals: { [`${prefix}:namespace_id`]: oneOrMany(namespaceIds) } }),
        },
      },
    ],
  };
}
