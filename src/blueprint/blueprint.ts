import type { Limit } from '../access/grant.ts';
import type { Ref } from '../gitlab/ref.ts';
import type { SubComponent } from '../gitlab/subject.ts';
import type { Partition } from '../iam/arn.ts';
import type { PolicyValue } from '../iam/policy.ts';
import type { Conditions, TrustStatement } from '../iam/trust-policy.ts';
import type { AccountText } from './accounts/account-text.ts';
import type { Boundary } from './bootstrap/boundary.ts';
import type { Cdk } from './cdk.ts';
import type { OrganizationBlueprint } from './organization/guard.ts';

/** What follows from the answers: every decision made, nothing left to a renderer. */
export interface Blueprint {
  readonly issuer: Issuer;
  /** What is deployed, an account each. */
  readonly stacks: readonly [Stack, ...Stack[]];
  /** The roles that accounts have in common, each written once; none where there is one account without a name. */
  readonly shared: SharedRoles | undefined;
  /** What the app beside the HCL is written for; none where HCL is enough. */
  readonly cdk: Cdk | undefined;
  readonly ci: {
    readonly credentials: 'web-identity' | 'script' | 'legacy-jwt';
    /** First word of the hidden jobs. */
    readonly jobPrefix: string;
    /** Stages in which the pipeline applies the accounts, by name; none where there is one account without a name. */
    readonly promotion: readonly Promotion[];
    /** The package of this program that the pipeline may run; without one, the pipeline runs none. */
    readonly generator: Generator | undefined;
    /** Whether the pipeline publishes the access map of the repository. */
    readonly accessMap: boolean;
    /** ARNs of roles by which scheduled pipelines read IAM for an audit, an account each. */
    readonly audit: readonly string[];
  };
  /** Path of the GitLab project that holds the generated repository, where known. */
  readonly repository: string | undefined;
  readonly subjectForms: readonly ProjectSubjectForm[];
  readonly groupForm: GroupForm | undefined;
  /** What must be set in GitLab before the roles work as decided, by project or group. */
  readonly gitlabSettings: readonly GitlabSettings[];
  /** What must exist in an account before the pipeline of the repository can sign in; `undefined` where people see to it. */
  readonly bootstrap: BootstrapBlueprint | undefined;
  /** The policies that guard the accounts of an organization. */
  readonly organization: OrganizationBlueprint | undefined;
  readonly notices: readonly Notice[];
}

/** Everything that one deployment makes in one account. */
export interface Stack {
  /** The account's name; `undefined` where the answers are for one account without a name. */
  readonly name: string | undefined;
  readonly aws: {
    readonly partition: Partition;
    readonly region: string;
    /** Twelve digits; `undefined` as long as the account is not known. */
    readonly accountId: string | undefined;
  };
  readonly provider: OidcProvider;
  readonly roles: readonly RoleBlueprint[];
  /** Labels of those roles that are in {@link SharedRoles}; the others are this account's own. */
  readonly shared: ReadonlySet<string>;
  /** What the roles of this account get beside what the shared ones say. */
  readonly defaults: RoleDefaults;
  readonly state: State;
  /** Characters that one trust policy may have. */
  readonly trustPolicyQuota: number;
}

/** What an account gives to its roles. */
interface RoleDefaults {
  readonly tags: Readonly<Record<string, string>>;
  /** For roles that name no boundary of their own. */
  readonly permissionsBoundary: string | undefined;
}

/** Roles that are the same in several accounts, but for what an account gives to each of its roles. */
export interface SharedRoles {
  readonly roles: readonly SharedRole[];
  /** What an account must give. */
  readonly takes: {
    readonly accountId: boolean;
    readonly region: boolean;
    readonly partition: boolean;
    readonly tags: boolean;
    readonly permissionsBoundary: boolean;
  };
}

/** A role as it is written for all its accounts. Its tags and boundary are its own, without those of an account. */
export interface SharedRole extends Omit<
  RoleBlueprint,
  'job' | 'managedPolicies' | 'inlinePolicies'
> {
  /** Whether every account has it. */
  readonly isEverywhere: boolean;
  readonly managedPolicies: readonly {
    readonly label: string;
    readonly arn: string | AccountText;
  }[];
  readonly inlinePolicies: readonly (Omit<InlinePolicy, 'document'> & {
    readonly document: PolicyValue<AccountText>;
  })[];
}

/** Accounts that the pipeline applies at the same time. */
export interface Promotion {
  readonly stage: string;
  readonly accounts: readonly string[];
}

interface Generator {
  /** npm takes an address at gitlab.com or github.com for a git repository, so a tarball there is not for npm to fetch. */
  readonly from: 'registry' | 'url';
  /** `name@version`, or the https URL of a tarball. Its characters need no quotes in a shell. */
  readonly package: string;
  /** `sha512-` and the digest of the tarball in base64. */
  readonly integrity: string | undefined;
}

export interface Issuer {
  /** The GitLab instance, as people open it. */
  readonly instanceUrl: string;
  /** The ID token's `iss`, and the provider's URL. */
  readonly url: string;
  /** The URL without `https://`: condition keys begin and the provider's ARN ends with it. */
  readonly prefix: string;
  /** The ID token's `aud`, as jobs request it. */
  readonly audience: string;
  /** Every `aud` that the provider and the trust policies accept; the first is that of jobs. */
  readonly audiences: readonly string[];
  readonly isGitlabCom: boolean;
}

interface OidcProvider {
  readonly mode: 'create' | 'existing';
  readonly thumbprints: readonly string[];
}

export interface RoleBlueprint {
  /** Its name in Terraform addresses. */
  readonly label: string;
  /** The TypeScript constant that holds it. */
  readonly constant: string;
  readonly name: string;
  /** The hidden CI job that application jobs extend to assume it. */
  readonly job: string;
  /** Name of the role in the answers, of which this is the whole or, where the quota splits it, a part. */
  readonly partOf: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundary: string | undefined;
  /** Seconds. */
  readonly sessionDuration: number;
  readonly grants: readonly RoleGrant[];
  /** What the trust policy is made of. */
  readonly entries: readonly Entry[];
  readonly trust: readonly TrustStatement[];
  /** What the environment of a job must be, where only jobs with one may assume the role. */
  readonly environment: { readonly tier: string | undefined } | undefined;
  readonly managedPolicies: readonly { readonly label: string; readonly arn: string }[];
  readonly inlinePolicies: readonly InlinePolicy[];
  /** What the role may do, in words. */
  readonly permissions: readonly string[];
}

export interface InlinePolicy {
  readonly label: string;
  readonly name: string;
  readonly document: PolicyValue;
  /** What it permits, in words; empty where the answers give the document. */
  readonly permits: readonly string[];
}

/** One project or group that may assume a role, from some refs. */
export interface GrantSummary {
  readonly kind: 'project' | 'group';
  readonly path: string;
  readonly id: number | undefined;
  readonly refs: readonly Ref[];
  /** What a token must show in addition to its project and ref. */
  readonly limits: readonly Limit[];
}

/** A grant of a role that is decided here: all that a token must show. */
export interface RoleGrant extends GrantSummary {
  /** Whether the numeric id must match, by condition key or in the subject. */
  readonly idPinned: boolean;
  /** Numeric id of the group that the project must be directly in. */
  readonly namespaceId: number | undefined;
  /** What the subject is built of. */
  readonly components: readonly SubComponent[];
}

/** One subject, or pattern of subjects, that may assume a role, and what else must hold for it. */
export interface Entry {
  readonly subject: string;
  readonly isPattern: boolean;
  /** Condition keys beside `sub` and `aud`; gitlab.com only. */
  readonly pins: Conditions;
  /** With one ref. */
  readonly grant: RoleGrant;
}

export type State =
  | { readonly backend: 'local' }
  | {
      readonly backend: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
    }
  | { readonly backend: 'gitlab'; readonly address: string };

/** A project whose subject must be set to another form in GitLab before its tokens match. */
export interface ProjectSubjectForm {
  readonly project: string;
  readonly id: number | undefined;
  readonly components: readonly SubComponent[];
}

/** Groups all of whose projects, later ones too, must have their subject set to one form. */
export interface GroupForm {
  readonly groups: readonly string[];
  readonly components: readonly SubComponent[];
}

/** What one project, or every project of a group, must have set in GitLab. */
export interface GitlabSettings {
  readonly kind: 'project' | 'group';
  readonly path: string;
  readonly id: number | undefined;
  /** The components that the subject of its ID tokens must have; `undefined` for GitLab's default. */
  readonly components: readonly SubComponent[] | undefined;
  /** The branches and tags that must be protected, since a role is for protected ones only. */
  readonly protectedRefs: readonly Ref[];
  /** Whether a merge request from a fork could assume a role by the path of the project, as in GitLab before 18.2.2. */
  readonly forksMatter: boolean;
  /** Paths of projects in the group that have settings of their own. */
  readonly except: readonly string[];
}

/** Something a person should know before saying yes; never an error. */
export interface Notice {
  readonly where: string;
  readonly text: string;
}

/**
 * What must exist in an account before its pipeline can sign in. The account, and the place of its state, stand in texts
 * as marks (`bootstrap/marks.ts`), since one template is for all accounts.
 */
export interface BootstrapBlueprint {
  /** What differs from account to account, each with what holds where nothing is given. */
  readonly parameters: BootstrapParameters;
  /** What each account is given; `undefined` where there is one account without a name. */
  readonly accounts: readonly BootstrapAccount[] | undefined;
  readonly thumbprints: readonly string[];
  readonly rolePath: string;
  readonly managedPath: string;
  readonly boundary: Boundary;
  readonly plan: BootstrapRole;
  readonly apply: BootstrapRole;
  readonly organizationalUnits: readonly string[];
  readonly adminRole: string | undefined;
  /** Account of the bucket, where it is not the one of the roles. */
  readonly stateAccount: string | undefined;
  /** What the bucket must allow in which several accounts have their states; `undefined` where no policy can say it. */
  readonly bucketPolicy: PolicyValue | undefined;
}

/**
 * `provider`: whether to create it, `true` or `false`; `boundary`: ARN of one that exists, or empty to create one. Those
 * that no account needs are left out.
 */
export type BootstrapParameter = 'provider' | 'stateKey' | 'stateBucket' | 'boundary';
export type BootstrapParameters = Readonly<Partial<Record<BootstrapParameter, string>>>;

/** One of several accounts in which the bootstrap is deployed. */
export interface BootstrapAccount {
  readonly name: string;
  /** Twelve digits. */
  readonly id: string;
  readonly region: string;
  readonly values: BootstrapParameters;
}

/** A role of the pipeline. */
export interface BootstrapRole {
  readonly role: RoleBlueprint;
  readonly arn: string;
  readonly trust: PolicyValue;
  readonly policy: InlinePolicy;
}
