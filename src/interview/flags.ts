import type { ParseArgsConfig } from 'node:util';

/** A flag of `create`: each stands for one answer, and each question of the interview names its flag. */
interface Flag {
  readonly value: string;
  readonly help: string;
  readonly many?: true;
}

/** Flags about who may assume a role and what it may do. */
export const ROLE_FLAGS = {
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
    help: 'let in these pipeline sources only (gitlab.com)',
    many: true,
  },
  'runner-environment': { value: 'KIND', help: 'gitlab-hosted or self-hosted only (gitlab.com)' },
  'deployment-tier': { value: 'TIER', help: 'value of deployment_tier, where the subject has it' },
  'role-name': {
    value: 'NAME',
    help: 'name of the IAM role, or of the pair before -plan and -apply [gitlab-deploy; of a pair, gitlab]',
  },
  'role-description': { value: 'TEXT', help: 'description of the role' },
  'role-path': { value: 'PATH', help: 'IAM path [/]' },
  'role-tag': { value: 'KEY=VALUE', help: 'AWS tag of the role', many: true },
  'permissions-boundary': { value: 'ARN', help: 'managed policy that bounds the role' },
  'session-duration': { value: 'SECONDS', help: 'longest session, 3600 to 43200 [3600]' },
  's3-read': { value: 'BUCKET', help: 'permit reading this bucket', many: true },
  's3-write': { value: 'BUCKET', help: 'permit reading and writing this bucket', many: true },
  'ec2-write': {
    value: 'KEY=VALUE',
    help: 'permit starting and stopping instances with this tag',
    many: true,
  },
  'secrets-read': {
    value: 'PREFIX',
    help: 'permit reading secrets whose name begins so',
    many: true,
  },
  'secrets-write': { value: 'PREFIX', help: 'permit reading and writing such secrets', many: true },
  'ecr-push': { value: 'REPOSITORY', help: 'permit pushing to this ECR repository', many: true },
  'terraform-state': {
    value: 'BUCKET/KEY',
    help: 'permit reading, locking and writing this state',
  },
  'managed-policy': { value: 'NAME|ARN', help: 'attach this managed policy', many: true },
  'policy-file': {
    value: 'NAME=FILE',
    help: 'add this JSON policy document as inline policy',
    many: true,
  },
} as const satisfies Record<string, Flag>;

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
  provider: { value: 'KIND', help: 'create or existing OIDC provider [create]' },
  thumbprint: {
    value: 'HEX',
    help: 'SHA-1 of the CA, for an instance behind a private CA',
    many: true,
  },
  partition: { value: 'NAME', help: 'aws, aws-cn or aws-us-gov [aws]' },
  region: { value: 'NAME', help: 'AWS region [eu-west-1]' },
  'account-id': { value: 'ID', help: '12 digits of the AWS account' },
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
} as const satisfies Record<string, Flag>;

type AnswerFlags = typeof SHARED_FLAGS & typeof ROLE_FLAGS;

/** Flags that say yes or, with `--no-`, no. */
const YES_FLAGS = {
  'protected-only': 'let in protected branches and tags only [yes on gitlab.com]',
  'environment-protected': 'value of environment_protected, where the subject has it',
  'ec2-read': 'permit seeing EC2 instances',
  'accept-new-projects': 'say yes to every present and later project of a --group',
  'accept-administrator': 'say yes to AdministratorAccess',
} as const;

type HelpRow = readonly [name: string, value: string, help: string];

const rows = (flags: Record<string, Flag>): HelpRow[] =>
  Object.entries(flags).map(([name, { value, help }]) => [name, value, help]);

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
export type FlagValues = { readonly [F in Exclude<AnswerFlag, ManyFlag>]?: string } & {
  readonly [F in ManyFlag]?: string[];
} & { readonly [F in keyof typeof YES_FLAGS]?: boolean };

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

function optionsOf(flags: Readonly<Record<string, Flag>>): ParseOptions {
  const options = Object.entries(flags).map(([name, { many }]) => [
    name,
    { type: 'string', multiple: many ?? false },
  ]);
  return Object.fromEntries(options) as ParseOptions;
}
