import type { RoleAccess } from '../../access/access-of.ts';
import type { DeniedByControl } from '../../access/denied-by-controls.ts';
import type { RoleKey } from '../../access/role-context.ts';
import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { JobDecision } from '../../access/job.ts';
import type { Explanation } from '../../explain/explain.ts';

/** A role and who may assume it. */
export interface RoleTable extends RoleAccess {
  readonly role: string;
  readonly key: RoleKey;
  /** What RCPs take away. */
  readonly denied?: readonly DeniedByControl[];
  /** What no request can meet any more, in words. */
  readonly expired?: readonly string[];
}

/** What one role says to the question. */
export interface RoleAnswer {
  readonly role: string;
  readonly key: RoleKey;
  /** `skipped`: the role trusts only issuers that are not covered here. */
  readonly answer:
    JobDecision | { readonly decision: 'skipped'; readonly issuers: readonly string[] };
  /** Statement by statement, for a token that AWS compares with the policy. */
  readonly explanation?: Explanation;
}

/** What was asked, beside the roles. */
export interface Asked {
  /** Claims that were not given and were assumed. */
  readonly assumed: readonly string[];
  /** Keys of the request that were given. */
  readonly given: Given;
}
