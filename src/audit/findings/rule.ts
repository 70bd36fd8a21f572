import type { RoleKey } from '../../access/role-context.ts';
import type { Severity } from '../../lint/rule.ts';
import type { KnownGitlab } from '../gitlab/known.ts';
import type { PlaceView } from '../report.ts';
import type { Assessment } from '../risk/assess.ts';

/** One thing that can be wrong in an estate, and all there is to say of it. */
export interface AuditRule {
  /** `AUD0nn`; an id is never used again. `src/lint/gate/audit-rules.ts` lists it too, so that settings can name it. */
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** One sentence for a list. */
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  readonly check: (assessment: Assessment, options: AuditOptions) => readonly AuditSighting[];
}

/** What the rules are asked with. */
export interface AuditOptions {
  /** `2027-01-31` */
  readonly today: string;
  /** Days without use after which a role counts as unused. */
  readonly unusedDays: number;
  /** What a GitLab reports of the projects and groups that roles trust, where one was asked. */
  readonly gitlab?: KnownGitlab;
}

/** A role or a provider of which a rule has something to say. */
export interface AuditSighting {
  /** Account and name; of a provider, `oidc-provider/` and its issuer. */
  readonly key: RoleKey;
  readonly place: PlaceView;
  /** What it is about, such as `powers`. */
  readonly path: string;
  /** What was found, in one clause. */
  readonly message: string;
  /** Differs as soon as what was found differs, and in no other case. */
  readonly about: string;
  /** Where the case is worse, or less sure, than the rule. */
  readonly severity?: Severity;
}
