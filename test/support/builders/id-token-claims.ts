/** The claims of a GitLab ID token: ids and booleans are strings, as GitLab writes them. */
export type Claims = Readonly<Record<string, string | number>>;

interface Project {
  readonly path: string;
  readonly id: number;
  /** Of the group that the project is in. */
  readonly namespaceId?: number;
}

/** What a pipeline runs for; a merge request is a pipeline of its source branch. */
type PipelineRef =
  { readonly branch: string } | { readonly tag: string } | { readonly mergeRequestFrom: string };

/** A job's pipeline, as far as its ID token tells of it. */
export type Pipeline = PipelineRef & {
  readonly project: Project;
  /** Where a merge request comes from, if not from the project itself. */
  readonly fork?: Project;
  /** Whether the branch or tag is protected. */
  readonly isProtected?: boolean;
  /** `push`, or `merge_request_event` for a merge request, unless it is another, such as `schedule`. */
  readonly source?: string;
  readonly runner?: 'gitlab-hosted' | 'self-hosted';
  /** Of a job with `environment:`. */
  readonly environment?: {
    readonly name: string;
    readonly tier: string;
    readonly isProtected?: boolean;
  };
  /** The project's `ci_id_token_sub_claim_components`. */
  readonly subComponents?: readonly string[];
};

/**
 * The claims about the pipeline and its subject: everything but `iss`, `aud`, the times and `jti`.
 *
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
 */
export function claimsOf(pipeline: Pipeline): Claims {
  const { project, fork = project, subComponents } = pipeline;
  const [type, ref] = refOf(pipeline);
  const path = `refs/${type === 'tag' ? 'tags' : 'heads'}/${ref}`;
  const isMergeRequest = 'mergeRequestFrom' in pipeline;
  const about: Claims = {
    ...ofProject('', fork),
    ...ofProject('job_', project),
    user_id: '42',
    user_login: 'sam',
    user_email: 'sam@example.com',
    user_access_level: 'maintainer',
    pipeline_id: '574',
    pipeline_source: pipeline.source ?? (isMergeRequest ? 'merge_request_event' : 'push'),
    job_id: '302',
    job_source: pipeline.source ?? (isMergeRequest ? 'merge_request_event' : 'push'),
    ref,
    ref_type: type,
    ref_path: path,
    ref_protected: String(pipeline.isProtected ?? false),
    ...environmentOf(pipeline),
    runner_id: 1,
    runner_environment: pipeline.runner ?? 'gitlab-hosted',
    sha: '714a629c0b401fdce83e847fc9589983fc6f46bc',
    ci_config_ref_uri: `gitlab.com/${project.path}//.gitlab-ci.yml@${path}`,
    ci_config_sha: '714a629c0b401fdce83e847fc9589983fc6f46bc',
    project_visibility: 'private',
  };
  return { ...about, sub: subjectOf(about, subComponents ?? ['project_path', 'ref_type', 'ref']) };
}

function refOf(pipeline: Pipeline): ['branch' | 'tag', string] {
  if ('tag' in pipeline) return ['tag', pipeline.tag];
  return ['branch', 'branch' in pipeline ? pipeline.branch : pipeline.mergeRequestFrom];
}

function ofProject(prefix: '' | 'job_', { path, id, namespaceId = 7 }: Project): Claims {
  return {
    [`${prefix}project_id`]: String(id),
    [`${prefix}project_path`]: path,
    [`${prefix}namespace_id`]: String(namespaceId),
    [`${prefix}namespace_path`]: path.slice(0, path.lastIndexOf('/')),
  };
}

function environmentOf({ environment }: Pipeline): Claims {
  if (environment === undefined) return {};
  return {
    environment: environment.name,
    environment_protected: String(environment.isProtected ?? false),
    deployment_tier: environment.tier,
    environment_action: 'start',
  };
}

/** `component:value` in the order given; what the token has no claim for is left out. */
function subjectOf(claims: Claims, components: readonly string[]): string {
  return components
    .flatMap((component) => {
      const value = claims[component];
      return value === undefined ? [] : [`${component}:${value}`];
    })
    .join(':');
}
