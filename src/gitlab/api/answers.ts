import * as v from 'valibot';
import { GitlabFault } from './fault.ts';

// Only the fields that are used, as GitLab's API documentation has them.

/** GitLab and git allow no control character in a name, and a terminal would obey one. */
const text = v.pipe(v.string(), v.regex(/^\P{Cc}*$/u));

/** Plain characters only: versions, user names, paths and visibilities. */
const word = v.pipe(v.string(), v.regex(/^[!-~]{1,1024}$/));

/** JSON.parse changes a number beyond 2^53. */
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** @see https://docs.gitlab.com/api/metadata/ */
export const InstanceAnswer = v.object({
  version: word,
  enterprise: v.optional(v.boolean()),
});

/** @see https://docs.gitlab.com/api/users/#retrieve-the-current-user */
export const UserAnswer = v.object({ id, username: word });

const found = { id, visibility: v.nullish(word) };

/** @see https://docs.gitlab.com/api/projects/#list-all-projects */
export const ProjectsAnswer = v.array(v.object({ ...found, path_with_namespace: word }));

/** @see https://docs.gitlab.com/api/groups/#list-groups */
export const GroupAnswer = v.object({
  ...found,
  full_path: word,
  marked_for_deletion_on: v.nullish(word),
  request_access_enabled: v.nullish(v.boolean()),
});

/** @see https://docs.gitlab.com/api/projects/#retrieve-a-project */
export const ProjectAnswer = v.object({
  ...found,
  path_with_namespace: word,
  namespace: v.object({ id }),
  default_branch: v.nullish(text),
  archived: v.nullish(v.boolean()),
  marked_for_deletion_on: v.nullish(word),
  ci_id_token_sub_claim_components: v.nullish(v.array(word)),
  ci_allow_fork_pipelines_to_run_in_parent_project: v.nullish(v.boolean()),
});

/** @see https://docs.gitlab.com/api/branches/ and https://docs.gitlab.com/api/tags/ */
export const RefAnswer = v.object({ name: text, protected: v.nullish(v.boolean()) });
export const RefsAnswer = v.array(RefAnswer);

/** @see https://docs.gitlab.com/api/namespaces/#verify-namespace-availability */
export const NamespaceAnswer = v.object({ exists: v.boolean() });

/** @see https://docs.gitlab.com/api/group_members/ */
export const MemberAnswer = v.object({ access_level: v.number() });

const Allowed = v.array(v.object({ access_level_description: v.nullish(text) }));

/** @see https://docs.gitlab.com/api/protected_branches/ and https://docs.gitlab.com/api/protected_tags/ */
export const ProtectionsAnswer = v.array(
  v.object({
    name: text,
    push_access_levels: v.optional(Allowed),
    create_access_levels: v.optional(Allowed),
  }),
);

/** @throws {GitlabFault} for an answer that differs from GitLab's documentation */
export function read<S extends v.GenericSchema>(schema: S, answer: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]) ?? 'its form';
  throw new GitlabFault({
    what: `the answer does not come from GitLab's API: ${place} differs from its documentation`,
    fix: 'Check the URL of your GitLab',
  });
}
