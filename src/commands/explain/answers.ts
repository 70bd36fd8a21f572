import type { Grant } from '../../blueprint/blueprint.ts';
import type { Explanation } from '../../explain/explain.ts';

/** A role and who may assume it. */
export interface RoleAccess {
  readonly role: string;
  readonly grants: readonly Grant[];
}

/** What one role says to the question. */
export interface RoleAnswer {
  readonly role: string;
  readonly explanation: Explanation;
}
