import * as v from 'valibot';
import { PARTITIONS } from '../iam/arn.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { SUB_COMPONENTS } from '../gitlab/subject.ts';
import { PACK_SCHEMAS } from '../permissions/packs.ts';
import { list, text, yes } from '../text/schema-parts.ts';

/** Bumped when a file of an earlier version must be migrated. */
export const ANSWERS_VERSION = 1;

const id = (description: string) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(999_999_999_999_999),
    v.description(description),
  );
const quota = (fallback: number, max: number, description: string) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(max),
    v.description(`${description}; ${fallback} where AWS has not raised it`),
  );

const SubComponents = v.pipe(
  v.array(v.picklist(SUB_COMPONENTS)),
  v.minLength(1),
  v.description(
    "What the ID token's subject is built of, in order, as in the project's setting ci_id_token_sub_claim_components",
  ),
);

const Project = v.strictObject({
  path: text('Path of the project, such as mygroup/myproject'),
  id: v.optional(id('Numeric id of the project; it stays when the project is renamed')),
  namespace_id: v.optional(id('Numeric id of the group the project is in; gitlab.com only')),
  sub_components: v.optional(SubComponents),
});

const Group = v.strictObject({
  path: text('Path of the group'),
  namespace_id: v.optional(
    id('Numeric id of the group; then only projects directly in it are let in; gitlab.com only'),
  ),
  accept_new_projects: yes('Says that every project in the group, today or later, is meant'),
});

const Refs = v.strictObject({
  branches: v.optional(list('Branches; * and ? make a pattern')),
  tags: v.optional(list('Git tags; * and ? make a pattern')),
  protected_only: v.optional(
    v.pipe(v.boolean(), v.description('Let in jobs on protected branches and tags only')),
  ),
});

const Permissions = v.strictObject({
  ...PACK_SCHEMAS,
  managed_policies: v.optional(list('Names of AWS managed policies, or ARNs of any')),
  inline_policies: v.optional(
    v.array(
      v.strictObject({
        name: text('Name of the policy in the role'),
        policy: v.pipe(v.record(v.string(), v.unknown()), v.description('The policy document')),
      }),
    ),
  ),
  accept_administrator: v.optional(yes('Says that AdministratorAccess is meant')),
});

/** What a person answered about one role. */
export const RoleSchema = v.strictObject({
  name: text('Name of the IAM role'),
  description: v.optional(text('Description of the IAM role')),
  path: v.optional(text('Path of the IAM role, such as /gitlab/')),
  tags: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('AWS tags of the role'))),
  permissions_boundary: v.optional(text('ARN of the managed policy that bounds the role')),
  session_duration: v.optional(
    v.pipe(
      v.number(),
      v.description(`Longest session in seconds, ${QUOTAS.sessionMin} to ${QUOTAS.sessionMax}`),
    ),
  ),
  projects: v.optional(v.array(Project)),
  groups: v.optional(v.array(Group)),
  refs: Refs,
  pipeline_sources: v.optional(
    list('Let in pipelines of these sources only, such as push or schedule; gitlab.com only'),
  ),
  runner_environment: v.optional(
    v.pipe(
      v.picklist(['gitlab-hosted', 'self-hosted']),
      v.description('Let in jobs on these runners only; gitlab.com only'),
    ),
  ),
  environment_protected: v.optional(
    v.pipe(v.boolean(), v.description('Where the subject has environment_protected: its value')),
  ),
  deployment_tier: v.optional(
    v.pipe(
      v.picklist(['production', 'staging', 'testing', 'development', 'other']),
      v.description('Where the subject has deployment_tier: its value'),
    ),
  ),
  permissions: Permissions,
});

const State = v.variant('backend', [
  v.strictObject({ backend: v.literal('local') }),
  v.strictObject({
    backend: v.literal('s3'),
    bucket: text('Bucket of the state'),
    key: text('Key of the state'),
    region: v.optional(text('Region of the bucket, where it is not that of the roles')),
  }),
  v.strictObject({ backend: v.literal('gitlab'), name: text('Name of the state in GitLab') }),
]);

const Generator = v.strictObject({
  package: text(
    'npm package with its exact version, such as @acme/create-gitlab-aws-oidc@1.2.3, or the https URL of a tarball',
  ),
  integrity: v.optional(
    text('sha512-… of the tarball, as in npm view PACKAGE dist.integrity; required for a URL'),
  ),
});

/** What a person answered. Nothing in it is derived; `gitlab-aws-oidc.yaml` holds exactly this. */
export const AnswersSchema = v.strictObject({
  version: v.pipe(v.literal(ANSWERS_VERSION), v.description('Version of this format')),
  gitlab: v.strictObject({
    url: text('Address of the GitLab instance'),
    issuer: v.optional(text("Address in the ID token's iss claim, where it is not the instance's")),
    audience: v.optional(text("The ID token's aud claim; the instance's address where left out")),
    sub_components: v.optional(SubComponents),
    repository: v.optional(text('Path of the GitLab project that holds this repository')),
  }),
  aws: v.strictObject({
    partition: v.optional(v.picklist(PARTITIONS)),
    region: text('AWS region of the resources and of the CI jobs'),
    account_id: v.optional(text('The 12 digits of the account, in quotes')),
    quotas: v.optional(
      v.strictObject({
        trust_policy: v.optional(
          quota(QUOTAS.trustPolicy, QUOTAS.trustPolicyMax, 'Characters of a trust policy'),
        ),
        managed_policies: v.optional(
          quota(QUOTAS.managedPolicies, QUOTAS.managedPoliciesMax, 'Managed policies of a role'),
        ),
        roles: v.optional(quota(QUOTAS.roles, QUOTAS.rolesMax, 'Roles in the account')),
      }),
    ),
  }),
  provider: v.strictObject({
    mode: v.pipe(
      v.picklist(['create', 'existing']),
      v.description(
        'An account holds one OIDC provider per issuer: create it, or use the one there',
      ),
    ),
    thumbprints: v.optional(list('SHA-1 thumbprints; only for an instance behind a private CA')),
  }),
  roles: v.pipe(v.array(RoleSchema), v.minLength(1)),
  output: v.pipe(
    v.picklist(['cdktf', 'cdktn', 'hcl']),
    v.description(
      'cdktf: CDKTF TypeScript with HCL beside it; cdktn: the same for CDK Terrain, which carries CDKTF on; hcl: HCL only',
    ),
  ),
  state: State,
  ci: v.strictObject({
    credentials: v.pipe(
      v.picklist(['web-identity', 'script', 'legacy-jwt']),
      v.description(
        'web-identity: every SDK signs in by itself; script: aws sts in the job; legacy-jwt: CI_JOB_JWT_V2, GitLab before 15.7',
      ),
    ),
    generator: v.optional(
      v.pipe(
        v.union([v.literal('none'), Generator]),
        v.description(
          'The package of this program that the pipeline runs to check this repository; none, or left out: the pipeline runs no package',
        ),
      ),
    ),
  }),
  accepted_edits: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          path: text('The file, such as terraform/roles.tf'),
          reason: text('Why the edit is meant'),
        }),
      ),
      v.description(
        'Files whose edits by hand update --check accepts, although they change what is deployed',
      ),
    ),
  ),
});

export type Answers = v.InferOutput<typeof AnswersSchema>;
export type Role = Answers['roles'][number];
export type Project = NonNullable<Role['projects']>[number];
export type Group = NonNullable<Role['groups']>[number];
export type Permissions = Role['permissions'];
