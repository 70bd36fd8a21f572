import type { Inventory, RoleKey } from '../access/role-context.ts';
import type { Trust } from '../access/trust.ts';
import { statementText } from '../iam/evaluate/statement-text.ts';
import { pairRoles } from './pair-roles.ts';
import { trustsOf } from './trusts.ts';

/**
 * The roles of both inputs whose trust policies differ in more than the order of what they list. They may come to the same
 * access, as without a condition on an audience that is the provider's only one.
 */
export function rewordedTrusts(before: Inventory, after: Inventory): RoleKey[] {
  return pairRoles(before.roles, after.roles).flatMap((pair) => {
    const trusts = trustsOf(pair);
    if (!trusts.before || !trusts.after || !pair.after) return [];
    return textOf(trusts.before) === textOf(trusts.after) ? [] : [pair.after.key];
  });
}

function textOf({ policy: { version, statements } }: Trust): string {
  return JSON.stringify([version, statements.map(statementText).sort()]);
}
