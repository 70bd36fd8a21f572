import type { AttachedPolicy } from '../access/role-context.ts';
import { type Escalation, escalationsOf } from '../iam/escalation/escalation.ts';
import { isPlainlyHarmless } from '../iam/escalation/harmless.ts';
import { isPowerfulPolicy } from '../iam/escalation/managed-policies.ts';
import { permissionStatements, type PermissionStatement } from '../iam/escalation/statements.ts';
import type { LintContext } from './lint-context.ts';

/** A policy of the role, read for all rules. */
export interface Attached {
  readonly policy: AttachedPolicy;
  readonly statements: readonly PermissionStatement[];
  readonly escalations: readonly Escalation[];
}

/** Nothing where none of the policies can be of interest to any rule. */
export function readAttached({ attachedPolicies = [] }: LintContext): Attached[] {
  if (attachedPolicies.every(isHarmless)) return [];
  return attachedPolicies.map((policy) => {
    const statements = permissionStatements(policy.document);
    return { policy, statements, escalations: escalationsOf(statements) };
  });
}

function isHarmless({ arn, document }: AttachedPolicy): boolean {
  return isPlainlyHarmless(document) && (arn === undefined || !isPowerfulPolicy(arn));
}
