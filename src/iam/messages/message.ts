import type { Fix } from './fix.ts';

/** How the jobs of one GitLab instance sign in to AWS, as far as a message depends on it. */
export interface SignInSetup {
  /** The GitLab instance, as people open it. */
  readonly instanceUrl: string;
  /** The token's `iss` and the provider's URL. */
  readonly issuerUrl: string;
  readonly audience: string;
  readonly isGitlabCom: boolean;
  /** Whether the repository creates the OIDC provider in any account, or uses existing ones. */
  readonly provider: 'create' | 'existing';
  /** Whether the answers list accounts. */
  readonly hasAccounts: boolean;
  /** Whether the ARN of a role contains a CI/CD variable, because the account ID is not known. */
  readonly hasVariableArn: boolean;
  /** The hidden job of a role, with words for what varies. */
  readonly roleJob: string;
  /** Whether a job asks for a session of a stated length. */
  readonly asksDuration: boolean;
  /** Whether a project needs a subject other than GitLab's default. */
  readonly customSubjects: boolean;
  /** Whether GitLab issues ID tokens whose subject has a path, which can pass to another project. */
  readonly hasPathSubjects: boolean;
  /** Whether a role requires an environment of its jobs. */
  readonly requiresEnvironment: boolean;
  /** Characters that a trust policy may have in this account. */
  readonly trustPolicyQuota: number;
  /** The CDK that people run on their own machine, where there is one. */
  readonly cdk: { readonly hasNativePart: boolean } | undefined;
}

/** A message of AWS, GitLab or a client about a sign-in, with its cause and the way out. */
export interface Message {
  /** Stable, and unique in the catalog. */
  readonly id: string;
  /** The message as documentation shows it; `…` stands for what varies. */
  readonly text: string;
  readonly pattern: RegExp;
  /** Whether a repository that this program generated can cause it. */
  readonly applies: (setup: SignInSetup) => boolean;
  /** A sentence without its full stop. */
  readonly cause: (setup: SignInSetup) => string;
  /** Any one of them is enough. */
  readonly fixes: (setup: SignInSetup) => readonly [Fix, ...Fix[]];
  /** A public page that describes the message or the rule behind it. */
  readonly source: string;
}

/** The setup that documentation speaks of: gitlab.com, and every default. */
export const EXAMPLE_SETUP: SignInSetup = {
  instanceUrl: 'https://gitlab.com',
  issuerUrl: 'https://gitlab.com',
  audience: 'https://gitlab.com',
  isGitlabCom: true,
  provider: 'create',
  hasAccounts: false,
  hasVariableArn: true,
  roleJob: '.aws-role-NAME',
  asksDuration: true,
  customSubjects: false,
  hasPathSubjects: true,
  requiresEnvironment: false,
  trustPolicyQuota: 2048,
  cdk: undefined,
};

/** For a message that any repository can meet. */
export function always(): boolean {
  return true;
}

/** For a message that only policies and CI files written by hand can cause. */
export function never(): boolean {
  return false;
}

/** STS's own page of errors. */
export const STS_ERRORS =
  'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors';
