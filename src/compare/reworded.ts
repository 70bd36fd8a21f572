import type { Inventory, RoleKey } from '../access/role-context.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { statementText } from '../iam/evaluate/statement-text.ts';
import { pairRoles } from './pair-roles.ts';
import { policiesOf } from './trusts.ts';

/**
 * The roles of both inputs whose trust policies differ in more than the order of what they list. They may come to the same
 * access, as without a condition on an audience that is the provider's only one.
 */
export function rewordedTrusts(before: Inventory, after: Inventory): RoleKey[] {
  return pairRoles(before.roles, after.roles).flatMap((pair) => {
    const { before: had, after: has } = policiesOf(pair);
    if (!had || !has || !pair.after) return [];
    return textOf(had) === textOf(has) ? [] : [pair.after.key];
  });
}

function textOf({ version, statements }: TrustPolicy): string {
  return JSON.stringify([version, statements.map(statementText).sort()]);
}
