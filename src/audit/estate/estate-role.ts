import type { GrantTerms } from '../../access/grant.ts';
import type { RoleKey } from '../../access/role-context.ts';
import type { Finding } from '../../lint/rule.ts';
import type { AssumeTrust } from '../chains/trust.ts';
import type { OpenPath } from '../../access/reach/escalations.ts';
import type { ForAction } from '../../access/reach/policies.ts';
import type { Value } from '../../access/reach/value.ts';
import type { PlaceView, Power } from '../report.ts';

/** What an audit keeps of a role once its documents are given up. */
export interface EstateRole {
  /** The account is the name of the file where the input does not say. */
  readonly key: RoleKey;
  readonly id: string;
  readonly arn: string | undefined;
  readonly place: PlaceView;
  readonly administrator: Value;
  readonly powers: readonly Power[];
  readonly paths: readonly OpenPath[];
  /** Why more may be allowed than the powers say. */
  readonly gaps: readonly string[];
  /** Services that the role trusts, such as `lambda.amazonaws.com`. */
  readonly services: readonly string[];
  /** Its tags, where they are known: conditions ask for them. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** What decides whether it may assume roles; `undefined` where none of its policies is about that. */
  readonly assuming: ForAction;
  /** What decides which roles it may pass to services. */
  readonly passing: ForAction | undefined;
  readonly trust: readonly AssumeTrust[];
  /** ARNs of OIDC providers that the trust policy names. */
  readonly providerArns: readonly string[];
  /** Only for a role that trusts a GitLab. */
  readonly gitlab: GitlabTrust | undefined;
}

/** Some tokens that may assume a role. */
export interface KeptGrant extends GrantTerms {
  /** Of one of them. */
  readonly subject: string;
  /** Whether every condition that decides it can be read. */
  readonly isRead: boolean;
}

/** What is known of a role that trusts a GitLab, and of no other. */
export interface GitlabTrust {
  readonly grants: readonly KeptGrant[];
  /** Why there may be more, or less, than the grants say, in words. */
  readonly undetermined: readonly string[];
  /** What RCPs deny of what the trust policy allows, in words. */
  readonly denied: readonly string[];
  /** What lint finds. */
  readonly findings: readonly Finding[];
  /** The same text for roles with the same trust and the same permissions; `undefined` where a document is missing. */
  readonly likeness: string | undefined;
  /** Whether it trusts gitlab.com without the condition on `sub` that AWS asks for today. */
  readonly isBeforeControls: boolean;
  /** ISO 8601; `null` where AWS knows of no use; `undefined` where the input does not say. */
  readonly lastUsed: string | null | undefined;
  readonly created: string | undefined;
}
