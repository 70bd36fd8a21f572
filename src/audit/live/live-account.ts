import type { OrganizationPolicy } from '../../access/role-context.ts';
import type { LiveProvider } from '../../aws/live/account-dump.ts';
import type { LiveFailureKind } from '../../aws/live/failure.ts';

/** What is known of an account beside its roles; it is kept with them. */
export interface LiveFacts {
  /** 12 digits. */
  readonly account: string;
  /** When AWS was asked, in ISO 8601. */
  readonly read: string;
  readonly providers: readonly LiveProvider[];
  /** Issuers that its roles trust with a subject of GitLab. */
  readonly gitlabs: readonly string[];
  /** For each level of the organization the policies that hold; absent where none do. */
  readonly levels?: readonly (readonly OrganizationPolicy[])[];
  /** Why it is not known which SCPs and RCPs hold, in one line. */
  readonly unknownPolicies?: string;
}

/** An account that was read. */
export interface LiveAccount extends LiveFacts {
  /** The roles, as `aws iam get-account-authorization-details` prints them. */
  readonly details: () => Promise<string>;
}

/**
 * What came of the visit of an account. `kept`: an earlier run had read it; `skipped`: nobody can sign in to it.
 */
export type VisitStatus = 'read' | 'kept' | 'skipped' | LiveFailureKind;

export interface AccountVisit {
  readonly account: string;
  /** Of the organization; absent where only one account was asked. */
  readonly name?: string;
  readonly status: VisitStatus;
  /** Why it was not read, in one line. */
  readonly what?: string;
  readonly found?: LiveAccount;
}
