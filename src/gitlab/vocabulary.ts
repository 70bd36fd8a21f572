/**
 * What started a pipeline, as the claim `pipeline_source` says it.
 *
 * @see https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
 */
export const PIPELINE_SOURCES: readonly string[] = [
  'push',
  'web',
  'schedule',
  'merge_request_event',
  'api',
  'trigger',
  'pipeline',
  'parent_pipeline',
  'chat',
  'webide',
  'external',
  'external_pull_request_event',
  'ondemand_dast_scan',
  'ondemand_dast_validation',
  'security_orchestration_policy',
  'container_registry_push',
  'duo_workflow',
  'pipeline_execution_policy_schedule',
];

/** @see https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload (`runner_environment`) */
export const RUNNER_ENVIRONMENTS: readonly string[] = ['gitlab-hosted', 'self-hosted'];

/**
 * The role of the user who runs the job, in lower case; a user who is not a member has none.
 *
 * @see https://docs.gitlab.com/user/permissions/#default-roles
 */
export const ACCESS_LEVELS: readonly string[] = [
  'maintainer',
  'owner',
  'developer',
  'reporter',
  'planner',
  'guest',
  'security manager',
];

/** @see https://docs.gitlab.com/ci/environments/#deployment-tier-of-environments */
export const DEPLOYMENT_TIERS: readonly string[] = [
  'production',
  'staging',
  'testing',
  'development',
  'other',
];
