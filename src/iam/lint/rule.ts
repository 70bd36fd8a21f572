import type { TrustPolicy } from '../evaluate/policy.ts';
import type { GitlabStatement } from './gitlab-statement.ts';

/**
 * What a mistake does. `lets-in`: those whom nobody named; `weakens`: more than is wise;
 * `locks-out`: those whom it names; `rejected`: AWS does not take it.
 */
type Harm = 'lets-in' | 'weakens' | 'locks-out' | 'rejected';

/** One thing that can be wrong with a trust policy, and all there is to say of it. */
export interface Rule {
  /** `OIDC001` … `OIDC0nn` are errors, `OIDC1nn` warnings; an id is never used again. */
  readonly id: string;
  readonly name: string;
  readonly severity: 'error' | 'warning';
  readonly harm: Harm;
  /** One sentence for a list. */
  readonly summary: string;
  readonly why: string;
  /** Who gets in, or what happens, told of one policy. */
  readonly example: string;
  readonly mend: string;
  readonly check: (subject: LintSubject) => readonly Sighting[];
}

/** A place where a rule is broken. */
export interface Sighting {
  /** `Statement[0].Condition.StringLike["gitlab.com:sub"]`, or the name of a {@link LintContext} field. */
  readonly path: string;
  /** What stands there, in one clause. */
  readonly message: string;
}

/** A sighting with its rule, ready to report. */
export interface Finding extends Sighting {
  readonly id: string;
  readonly name: string;
  readonly severity: 'error' | 'warning';
  readonly harm: Harm;
  readonly mend: string;
}

export interface LintSubject {
  readonly policy: TrustPolicy;
  /** The Allow statements that exchange a GitLab issuer's tokens. */
  readonly statements: readonly GitlabStatement[];
  /** Those with another action, where none lets a token in at all. */
  readonly strays: readonly GitlabStatement[];
  readonly context: LintContext;
}

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
