import type { ParseArgsConfig } from 'node:util';
import { PACK_FLAGS, type PackFlagValues } from '../permissions/packs.ts';

/** A flag of `create`: each stands for one answer, and each question of the interview names its flag. */
interface FlagForm {
  /** What follows it; a flag without one says yes. */
  readonly value?: string;
  readonly help: string;
  readonly many?: true;
}

/** Flags about who may assume a role, and about the role itself. */
const WHO_FLAGS = {
  project: {
    value: 'PATH[=ID]',
    help: 'project that may assume the role, with its numeric id',
    many: true,
  },
  group: {
    value: 'PATH[=NAMESPACE_ID]',
    help: 'group whose every project may; needs --accept-new-projects',
    many: true,
  },
  branch: { value: 'NAME', help: 'branch, or pattern with * and ? [main]', many: true },
  tag: { value: 'NAME', help: 'git tag, or pattern', many: true },
  'pipeline-source': {
    value: 'SOURCE',
    help: 'allow only these pipeline sources (gitlab.com)',
    many: true,
  },
  'runner-environment': { value: 'KIND', help: 'gitlab-hosted or self-hosted only (gitlab.com)' },
  'deployment-tier': { value: 'TIER', help: 'value of deployment_tier, where the subject has it' },
  'per-project': {
    help: 'a role for each project; {project} in name, tags and resources is its path',
  },
  'role-name': {
    value: 'NAME',
    help: 'name of the IAM role, or of the pair before -plan and -apply [gitlab-deploy; of a pair, gitlab]',
  },
  'role-description': { value: 'TEXT', help: 'description of the role' },
  'role-path': { value: 'PATH', help: 'IAM path [/]' },
  'role-tag': { value: 'KEY=VALUE', help: 'AWS tag of the role', many: true },
  'permissions-boundary': { value: 'ARN', help: 'managed policy that bounds the role' },
  'session-duration': { value: 'SECONDS', help: 'longest session, 3600 to 43200 [3600]' },
} as const satisfies Record<string, FlagForm>;

/** Flags about what a role may do, beside those of the packs. */
const POLICY_FLAGS = {
  'managed-policy': { value: 'NAME|ARN', help: 'attach this managed policy', many: true },
  'policy-file': {
    value: 'NAME=FILE',
    help: 'add this JSON policy document as inline policy',
    many: true,
  },
} as const satisfies Record<string, FlagForm>;

/** Flags about the instance, the account and the output. */
const SHARED_FLAGS = {
  'gitlab-url': { value: 'URL', help: 'address of the GitLab instance [https://gitlab.com]' },
  issuer: { value: 'URL', help: "the ID token's iss, where it is not the instance's address" },
  audience: { value: 'TEXT', help: "the ID token's aud [the instance's address]" },
  'sub-component': {
    value: 'NAME',
    help: 'what the subject is built of, in order, one flag each [project_path ref_type ref]',
    many: true,
  },
  repository: { value: 'PATH', help: 'GitLab project that will hold the generated repository' },
  preset: { value: 'KIND', help: 'role: one role; plan-and-apply: a pair of roles [role]' },
  'plan-reads-data': { help: 'let the plan role of a pair read secret values and objects' },
  provider: { value: 'KIND', help: 'create or existing OIDC provider [create]' },
  thumbprint: {
    value: 'HEX',
    help: 'SHA-1 of the CA, for an instance behind a private CA',
    many: true,
  },
  partition: { value: 'NAME', help: 'aws, aws-cn or aws-us-gov [aws]' },
  region: { value: 'NAME', help: 'AWS region [eu-west-1]' },
  'account-id': { value: 'ID', help: '12 digits of the AWS account' },
  account: { value: 'NAME[=ID]', help: 'one of several AWS accounts', many: true },
  'accounts-from': {
    value: 'organization|FILE',
    help: 'read the accounts from AWS Organizations or from a file (JSON of list-accounts, CSV or NAME=ID lines); the management account only if --account names it',
  },
  'accounts-ou': {
    value: 'ID',
    help: 'of the organization, only accounts in this organizational unit',
    many: true,
  },
  'accounts-tag': {
    value: 'KEY=VALUE',
    help: 'of the organization, only accounts with this tag',
    many: true,
  },
  output: {
    value: 'KIND',
    help: 'cdktf: CDKTF and HCL; cdktn: CDK Terrain and HCL; hcl: HCL only [cdktf]',
  },
  state: { value: 'KIND', help: 'local, s3 or gitlab [local]' },
  'state-bucket': { value: 'NAME', help: 'bucket of the state' },
  'state-key': { value: 'KEY', help: 'key of the state [gitlab-aws-oidc/terraform.tfstate]' },
  'state-region': { value: 'NAME', help: "region of the state's bucket [--region]" },
  'state-name': { value: 'NAME', help: 'name of the state in GitLab [gitlab-aws-oidc]' },
  credentials: { value: 'KIND', help: 'web-identity, script or legacy-jwt [web-identity]' },
  generator: {
    value: 'PACKAGE|none',
    help: 'this program as npm name@version or https tarball, for the pipeline [none]',
  },
  'generator-integrity': { value: 'SHA512', help: 'sha512-… of that package' },
  'access-map': { help: 'publish the access map by GitLab Pages, with --generator' },
  'audit-role': {
    value: 'ARN',
    help: 'audit the account of this role in scheduled pipelines, with --generator; repeat for each account',
    many: true,
  },
} as const satisfies Record<string, FlagForm>;

/** Flags about who may assume a role and what it may do. */
export const ROLE_FLAGS: Readonly<Record<string, FlagForm>> = {
  ...WHO_FLAGS,
  ...PACK_FLAGS,
  ...POLICY_FLAGS,
};

type AnswerFlags = typeof SHARED_FLAGS & typeof WHO_FLAGS & typeof POLICY_FLAGS;

/** Flags that say yes or, with `--no-`, no. */
const YES_FLAGS = {
  'protected-only': 'allow only protected branches and tags [yes on gitlab.com]',
  'environment-protected': 'value of environment_protected, where the subject has it',
  'accept-new-projects': 'say yes to every present and later project of a --group',
  'accept-administrator': 'say yes to AdministratorAccess',
} as const;

type HelpRow = readonly [name: string, value: string, help: string];

const rows = (flags: Record<string, FlagForm>): HelpRow[] =>
  Object.entries(flags).map(([name, { value, help }]) => [name, value ?? '', help]);

/** The flags about one role, as `--help` shows them. */
export const ROLE_FLAG_HELP: readonly HelpRow[] = [
  ...rows(ROLE_FLAGS),
  ...Object.entries(YES_FLAGS).map(([name, help]): HelpRow => [name, '', help]),
];

/** The flags in the groups and the order in which `--help` shows them. */
export const FLAG_HELP: Readonly<Record<string, readonly HelpRow[]>> = {
  'The role, in brackets what --yes takes': ROLE_FLAG_HELP,
  'GitLab, AWS and what comes out': rows(SHARED_FLAGS),
};

type AnswerFlag = keyof AnswerFlags;
type ManyFlag = {
  [F in AnswerFlag]: AnswerFlags[F] extends { many: true } ? F : never;
}[AnswerFlag];

/** What the person gave as flags. */
export type FlagValues = {
  readonly [F in Exclude<AnswerFlag, ManyFlag>]?: AnswerFlags[F] extends { value: string }
    ? string
    : boolean;
} & {
  readonly [F in ManyFlag]?: string[];
} & { readonly [F in keyof typeof YES_FLAGS]?: boolean } & PackFlagValues;

type ParseOptions = NonNullable<ParseArgsConfig['options']>;

/** The flags in the form of `util.parseArgs`. */
export function flagOptions(): ParseOptions {
  return { ...optionsOf(SHARED_FLAGS), ...roleFlagOptions() };
}

/** The flags about one role, in the form of `util.parseArgs`. */
export function roleFlagOptions(): ParseOptions {
  const yes = Object.keys(YES_FLAGS).map((name) => [name, { type: 'boolean' }]);
  return { ...optionsOf(ROLE_FLAGS), ...(Object.fromEntries(yes) as ParseOptions) };
}

function optionsOf(flags: Readonly<Record<string, FlagForm>>): ParseOptions {
  const options = Object.entries(flags).map(([name, { value, many }]) => [
    name,
    value === undefined ? { type: 'boolean' } : { type: 'string', multiple: many ?? false },
  ]);
  return Object.fromEntries(options) as ParseOptions;
}
