/** What is known besides the trust policy; every field sharpens the judgement. */
export interface LintContext {
  /** Issuers known to be GitLab, without `https://`. */
  readonly issuers?: readonly string[];
  readonly providerUrl?: string;
  readonly clientIds?: readonly string[];
  readonly thumbprints?: readonly string[];
  /** `aud` of the CI job's `id_tokens`. */
  readonly ciAudience?: string;
  readonly roleName?: string;
  readonly rolePath?: string;
  readonly roleDescription?: string;
  readonly sessionName?: string;
  readonly maxSessionDuration?: number;
  readonly durationSeconds?: number;
  readonly attachedPolicies?: readonly AttachedPolicy[];
  /** The account's quota of characters for a trust policy; 2,048 unless it was raised. */
  readonly trustPolicyQuota?: number;
}

/** A policy that the role carries: by ARN, or with its document. */
export interface AttachedPolicy {
  readonly arn?: string;
  readonly name?: string;
  readonly document?: unknown;
}
