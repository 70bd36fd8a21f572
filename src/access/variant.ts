import type { Condition, ConditionValue, Statement } from '../iam/evaluate/policy.ts';
import type { OperatorName } from '../iam/evaluate/operator-name.ts';

/** The statement in which one condition has a single value. */
export function withOnly(
  statement: Statement,
  condition: Condition,
  value: ConditionValue,
): Statement {
  return replaced(statement, condition, { ...condition, values: [value] });
}

/** The statement in which one condition is compared otherwise. */
export function withOperator(
  statement: Statement,
  condition: Condition,
  operator: OperatorName,
): Statement {
  return replaced(statement, condition, { ...condition, operator });
}

function replaced(statement: Statement, condition: Condition, by: Condition): Statement {
  const conditions = statement.conditions.map((one) => (one === condition ? by : one));
  return { ...statement, conditions };
}
