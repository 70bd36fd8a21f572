import type { Limit } from '../access/grant.ts';
import type { Ref } from '../gitlab/ref.ts';
import type { SubComponent } from '../gitlab/subject.ts';
import type { Partition } from '../iam/arn.ts';
import type { PolicyValue } from '../iam/policy.ts';
import type { TrustStatement } from '../iam/trust-policy.ts';
import type { Cdk } from './cdk.ts';

/** What follows from the answers: every decision made, nothing left to a renderer. */
export interface Blueprint {
  readonly issuer: Issuer;
  /** What is deployed, an account each. */
  readonly stacks: readonly [Stack, ...Stack[]];
  /** What the app beside the HCL is written for; none where HCL is enough. */
  readonly cdk: Cdk | undefined;
  readonly ci: {
    readonly credentials: 'web-identity' | 'script' | 'legacy-jwt';
    /** The package of this program that the pipeline may run; without one, the pipeline runs none. */
    readonly generator: Generator | undefined;
  };
  /** Path of the GitLab project that holds the generated repository, where known. */
  readonly repository: string | undefined;
  readonly subjectForms: readonly ProjectSubjectForm[];
  readonly groupForm: GroupForm | undefined;
  /** What must be set in GitLab before the roles work as decided, by project or group. */
  readonly gitlabSettings: readonly GitlabSettings[];
  readonly notices: readonly Notice[];
}

/** Everything that one deployment makes in one account. */
export interface Stack {
  readonly aws: {
    readonly partition: Partition;
    readonly region: string;
    /** Twelve digits; `undefined` as long as the account is not known. */
    readonly accountId: string | undefined;
  };
  readonly provider: OidcProvider;
  readonly roles: readonly RoleBlueprint[];
  readonly state: State;
  /** Characters that one trust policy may have. */
  readonly trustPolicyQuota: number;
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
  /** The ID token's `aud`: provider, trust policy and CI job carry this same one. */
  readonly audience: string;
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
  /** Name of the role in the answers, of which this is the whole or, where the quota splits it, a part. */
  readonly partOf: string;
  readonly path: string;
  readonly description: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly permissionsBoundary: string | undefined;
  /** Seconds. */
  readonly sessionDuration: number;
  readonly grants: readonly RoleGrant[];
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
