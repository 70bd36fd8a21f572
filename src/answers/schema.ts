import * as v from 'valibot';
import { PARTITIONS } from '../iam/arn.ts';
import { QUOTAS } from '../iam/quotas.ts';
import { PACK_SCHEMAS } from '../permissions/packs.ts';
import { Account, AccountsFrom, Provider, Quotas, State } from './schema-accounts.ts';
import { list, text, yes } from '../text/schema-parts.ts';
import { BootstrapSchema, OrganizationSchema } from './bootstrap-schema.ts';
import { id, SubComponents } from './schema-parts.ts';

/** Bumped when a file of an earlier version must be migrated. */
export const ANSWERS_VERSION = 2;

const Project = v.strictObject({
  path: text('Path of the project, such as mygroup/myproject'),
  id: v.optional(id('Numeric ID of the project, which a rename does not change')),
  namespace_id: v.optional(
    id('Numeric ID of the group that contains the project; gitlab.com only'),
  ),
  sub_components: v.optional(SubComponents),
});

const Group = v.strictObject({
  path: text('Path of the group'),
  namespace_id: v.optional(
    id(
      'Numeric ID of the group; only projects directly in it can then assume the role; gitlab.com only',
    ),
  ),
  accept_new_projects: yes(
    'Confirms that every project in the group, now and in the future, is meant',
  ),
});

const Refs = v.strictObject({
  branches: v.optional(list('Branch names, or patterns with * and ?')),
  tags: v.optional(list('Git tag names, or patterns with * and ?')),
  protected_only: v.optional(
    v.pipe(v.boolean(), v.description('Allow only jobs on protected branches and tags')),
  ),
});

const Permissions = v.strictObject({
  ...PACK_SCHEMAS,
  managed_policies: v.optional(
    list('Names of AWS managed policies, or ARNs of any managed policies'),
  ),
  inline_policies: v.optional(
    v.array(
      v.strictObject({
        name: text('Name of the inline policy'),
        policy: v.pipe(v.record(v.string(), v.unknown()), v.description('The policy document')),
      }),
    ),
  ),
  accept_administrator: v.optional(yes('Confirms that AdministratorAccess is meant')),
});

const Differences = v.strictObject({
  description: v.optional(text('Description of the IAM role in this account')),
  tags: v.optional(
    v.pipe(v.record(v.string(), v.string()), v.description('AWS tags of the role in this account')),
  ),
  permissions_boundary: v.optional(
    text('ARN of the permissions boundary of the role in this account'),
  ),
  projects: v.optional(v.array(Project)),
  groups: v.optional(v.array(Group)),
  refs: v.optional(Refs),
  permissions: v.optional(Permissions),
});

/** What a person answered about one role. */
export const RoleSchema = v.strictObject({
  name: text('Name of the IAM role'),
  description: v.optional(text('Description of the IAM role')),
  path: v.optional(text('Path of the IAM role, such as /gitlab/')),
  tags: v.optional(v.pipe(v.record(v.string(), v.string()), v.description('AWS tags of the role'))),
  permissions_boundary: v.optional(
    text('ARN of the managed policy that is the permissions boundary of the role'),
  ),
  session_duration: v.optional(
    v.pipe(
      v.number(),
      v.description(
        `Maximum session duration in seconds, ${QUOTAS.sessionMin} to ${QUOTAS.sessionMax}`,
      ),
    ),
  ),
  projects: v.optional(v.array(Project)),
  groups: v.optional(v.array(Group)),
  per_project: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        'Makes a role of its own for each project: {project} in the name, and in tags and permissions, stands for its path with hyphens for slashes, {project_path} for the path as it is',
      ),
    ),
  ),
  refs: Refs,
  pipeline_sources: v.optional(
    list('Allow only pipelines from these sources, such as push or schedule; gitlab.com only'),
  ),
  runner_environment: v.optional(
    v.pipe(
      v.picklist(['gitlab-hosted', 'self-hosted']),
      v.description('Allow only jobs on these runners; gitlab.com only'),
    ),
  ),
  environment_protected: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Value of environment_protected in the subject, if the subject contains it'),
    ),
  ),
  deployment_tier: v.optional(
    v.pipe(
      v.picklist(['production', 'staging', 'testing', 'development', 'other']),
      v.description('Value of deployment_tier in the subject, if the subject contains it'),
    ),
  ),
  permissions: Permissions,
  accounts: v.optional(
    list('Names of the accounts that have this role; every account if left out'),
  ),
  differences: v.optional(
    v.pipe(
      v.record(v.string(), Differences),
      v.description(
        'What is different in some accounts, by the name of the account; a key that is given here replaces that of the role as a whole',
      ),
    ),
  ),
});

const Generator = v.strictObject({
  package: text(
    'npm package with an exact version, such as @acme/create-gitlab-aws-oidc@1.2.3, or the https URL of a tarball',
  ),
  integrity: v.optional(
    text(
      'sha512-… digest of the tarball, as npm view PACKAGE dist.integrity prints it; required for a URL',
    ),
  ),
});

/** What a person answered. Nothing in it is derived; `gitlab-aws-oidc.yaml` contains exactly this. */
export const AnswersSchema = v.strictObject({
  version: v.pipe(v.literal(ANSWERS_VERSION), v.description('Version of this format')),
  gitlab: v.strictObject({
    url: text('URL of the GitLab instance'),
    issuer: v.optional(text("The ID token's iss claim, if it is not the URL of the instance")),
    audience: v.optional(
      v.pipe(
        v.union([text("The ID token's aud claim"), list('The accepted audiences')]),
        v.description(
          "The ID token's aud claim; the default is the URL of the instance. A list: the provider and the roles accept each of them, and jobs request the first",
        ),
      ),
    ),
    sub_components: v.optional(SubComponents),
    repository: v.optional(text('Path of the GitLab project that contains this repository')),
  }),
  aws: v.strictObject({
    partition: v.optional(v.picklist(PARTITIONS)),
    region: text('AWS region of the resources and the CI jobs'),
    account_id: v.optional(text('Account ID: 12 digits, in quotes')),
    quotas: v.optional(Quotas),
  }),
  provider: Provider,
  accounts: v.optional(
    v.pipe(
      v.array(Account),
      v.minLength(1),
      v.maxLength(1000),
      v.description(
        'The AWS accounts, if there are several; what is left out of one is as in aws, provider and state',
      ),
    ),
  ),
  accounts_from: v.optional(AccountsFrom),
  roles: v.pipe(v.array(RoleSchema), v.minLength(1)),
  output: v.pipe(
    v.picklist(['cdktf', 'cdktn', 'hcl']),
    v.description(
      'cdktf: CDKTF in TypeScript, and HCL; cdktn: the same for CDK Terrain, the successor of CDKTF; hcl: HCL only',
    ),
  ),
  state: State,
  ci: v.strictObject({
    credentials: v.pipe(
      v.picklist(['web-identity', 'script', 'legacy-jwt']),
      v.description(
        'web-identity: AWS SDKs sign in by themselves; script: the job runs aws sts; legacy-jwt: CI_JOB_JWT_V2, for GitLab before 15.7',
      ),
    ),
    job_prefix: v.optional(
      text(
        'First word of the names of the hidden jobs, aws if left out. Repositories that are included together need one each, because GitLab keeps only the last of two jobs of one name',
      ),
    ),
    promotion: v.optional(
      list(
        'Names of accounts in the order in which the pipeline applies them; the others come last',
      ),
    ),
    generator: v.optional(
      v.pipe(
        v.union([v.literal('none'), Generator]),
        v.description(
          'Package of this program that the pipeline runs to check this repository; none (the default): the pipeline runs no package',
        ),
      ),
    ),
    access_map: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          'Whether the pipeline publishes the access map of this repository by GitLab Pages, with ci.generator',
        ),
      ),
    ),
    audit: v.optional(
      v.strictObject({
        roles: list('ARNs of roles that may only read IAM, one for each account to audit'),
      }),
    ),
  }),
  bootstrap: v.optional(BootstrapSchema),
  organization: v.optional(OrganizationSchema),
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

/** The parts that stand in several places of the schema, or are long: a JSON Schema names them once. */
export const SCHEMA_PARTS = {
  subComponents: SubComponents,
  project: Project,
  group: Group,
  refs: Refs,
  permissions: Permissions,
  provider: Provider,
  quotas: Quotas,
  state: State,
};

export type Answers = v.InferOutput<typeof AnswersSchema>;
export type Bootstrap = NonNullable<Answers['bootstrap']>;
export type Organization = NonNullable<Answers['organization']>;
export type Role = Answers['roles'][number];
export type Account = NonNullable<Answers['accounts']>[number];
export type Project = NonNullable<Role['projects']>[number];
export type Group = NonNullable<Role['groups']>[number];
export type Permissions = Role['permissions'];
