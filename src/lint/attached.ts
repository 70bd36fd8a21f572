import type { AttachedPolicy } from '../access/role-context.ts';
import { type Escalation, escalationsOf } from '../iam/escalation/escalation.ts';
import { permissionStatements, type PermissionStatement } from '../iam/escalation/statements.ts';
import type { LintContext } from './lint-context.ts';

/** A policy of the role, read for all rules. */
export interface Attached {
  readonly policy: AttachedPolicy;
  readonly statements: readonly PermissionStatement[];
  readonly escalations: readonly Escalation[];
}

export function readAttached({ attachedPolicies = [] }: LintContext): Attached[] {
  return attachedPolicies.map((policy) => {
    const statements = permissionStatements(policy.document);
    return { policy, statements, escalations: escalationsOf(statements) };
  });
}
