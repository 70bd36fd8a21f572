import { isEmpty } from '../access/questions.ts';
import type { Statement } from '../iam/evaluate/policy.ts';
import type { Judging } from './reach.ts';
import type { Sighting } from './rule.ts';
import { withOnly } from '../access/variant.ts';

/**
 * Whether it is proven that nobody is admitted by what stands at a path: by the statement in which that condition has
 * that value alone. What is not a condition is not asked about.
 */
export function locksOut({ path }: Sighting, { policy, known, since }: Judging): boolean {
  if (!path.includes('.Condition.') && !path.includes('.Condition[')) return true;
  return policy.statements.every((statement) => {
    const variant = variantAt(statement, path);
    if (!variant) return true;
    // Where an RCP denies, the condition is not at fault.
    const alone = { ...known, denies: [], policy: { ...policy, statements: [variant] } };
    return isEmpty(alone, {}, since).holds === 'yes';
  });
}

function variantAt(statement: Statement, path: string): Statement | undefined {
  for (const condition of statement.conditions) {
    const value = condition.values.find((one) => one.path === path);
    if (value) return withOnly(statement, condition, value);
    if (condition.path === path) return statement;
  }
  return undefined;
}
