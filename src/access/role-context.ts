import type { TrustPolicy } from '../iam/evaluate/policy.ts';

/** Names a role beyond doubt: the same name exists in many accounts. */
export interface RoleKey {
  /** 12 digits; `ANY_ACCOUNT` where the input does not say. */
  readonly account: string;
  /** What the answers call the account, where they name it. */
  readonly accountName?: string;
  /** The label, where the name is not known. */
  readonly name: string;
}

/** Where something was read. */
export interface Place {
  /** As the user named it; `-` is standard input. */
  readonly file: string;
  /** Path inside the document, such as `Roles[3].AssumeRolePolicyDocument`, or a Terraform address. Empty for all of it. */
  readonly path: string;
  /** First line of it, from 1, where the format has lines. Computed when asked for. */
  readonly line?: number | undefined;
}

/** All that is known of one role; what is left out is not known. */
export interface RoleContext {
  readonly key: RoleKey;
  /** What a report calls the role: its name, or its address in Terraform or CloudFormation. */
  readonly label: string;
  readonly place: Place;
  /** IAM's name; absent for a policy without its role, and where AWS will choose the name. */
  readonly name?: string;
  readonly arn?: string;
  readonly path?: string;
  readonly trust: TrustPolicy;
  readonly trustPlace: Place;
  /** The OIDC providers that the trust policy names and that the input describes. */
  readonly providers: readonly ProviderFacts[];
  /** Attached managed policies, then inline ones; absent where the input does not list them. */
  readonly policies?: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  readonly tags?: Readonly<Record<string, string>>;
  /** ISO 8601 date of the last use; `null` where AWS knows of none. */
  readonly lastUsed?: string | null;
  /** ISO 8601 date on which it was made. */
  readonly created?: string;
  /** Seconds. */
  readonly maxSessionDuration?: number;
  readonly description?: string;
  /** The RCPs that hold for its account. */
  readonly controls?: readonly OrganizationPolicy[];
  /** Equal for the roles that several accounts get from one text, such as a module or an entry of the answers. */
  readonly sharedAs?: string;
}

/** A policy that the role carries: by ARN, or with its document. */
export interface AttachedPolicy {
  readonly arn?: string;
  readonly name?: string;
  readonly document?: unknown;
  readonly place?: Place;
}

/** An IAM OIDC provider, as AWS or a template has it. */
export interface ProviderFacts {
  readonly arn?: string;
  /** Whether the account in the ARN is a stand-in, and the partition may be. */
  readonly hasStandIn?: boolean;
  /** With its scheme. */
  readonly url: string;
  readonly clientIds?: readonly string[];
  readonly thumbprints?: readonly string[];
  readonly place: Place;
}

/** A policy of an organization: what it denies, it denies in every account below it. */
export interface OrganizationPolicy {
  /** `unknown`: a policy by itself that neither its text nor its file's name says to be one of an organization. */
  readonly kind: 'service-control' | 'resource-control' | 'unknown';
  readonly name?: string;
  readonly document: unknown;
  readonly place: Place;
}

/** One item that could not be read; the others of the input were. */
export interface UnreadableItem {
  readonly place: Place;
  readonly what: string;
  readonly fix: string;
  /** The Terraform address of the role whose trust policy is missing: another input may have it. */
  readonly address?: string;
  /** The template that holds what is missing: where it is read too, nothing is missing. */
  readonly heldBy?: string;
  /** That role, where its name is known; a module makes it in several accounts. */
  readonly keys?: readonly RoleKey[];
}

/** Everything that inputs hold. */
export interface Inventory {
  readonly roles: readonly RoleContext[];
  readonly providers: readonly ProviderFacts[];
  readonly policies: readonly OrganizationPolicy[];
  readonly unreadable: readonly UnreadableItem[];
  /** Templates that were read, by which others that name them are complete. */
  readonly templates?: readonly string[];
  /** Documents of managed policies by ARN, as the input writes them: roles of another input may name them. */
  readonly documents?: ReadonlyMap<string, unknown>;
  /** Files of a folder in which nothing was recognized, such as the configuration of another tool. */
  readonly passedOver?: readonly string[];
  /** Variables and parameters whose values a file gives, and that may be given others: `var.path of infra`. */
  readonly assumed?: readonly string[];
  /** Whether it is of configurations of Terraform alone, each of which has addresses of its own. */
  readonly isConfiguration?: boolean;
}
