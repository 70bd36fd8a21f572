import { policyLiteral, POLICY_VERSION, type PolicyValue } from '../iam/policy.ts';
import type { ConditionCheck } from '../iam/evaluate/evaluate.ts';
import type { Condition, Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import { oneOrMany } from '../iam/policy.ts';

/**
 * A trust policy whose statement also lets in what it refused: each failing condition gets the token's value besides its
 * own, and one that could never match is replaced.
 *
 * @param failing the conditions of that statement that fail, with the token's values
 * @param principal the provider that the statement is to trust, where it names another
 */
export function admitting(
  policy: TrustPolicy,
  index: number,
  failing: readonly ConditionCheck[],
  principal?: string,
): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: policy.statements.map((statement) =>
      statement.index === index
        ? documentOf(principal === undefined ? statement : trusting(statement, principal), failing)
        : documentOf(statement, []),
    ),
  };
}

function trusting(statement: Statement, value: string): Statement {
  const { principal } = statement;
  const entry = { type: 'Federated', value, path: principal.path } as const;
  return { ...statement, principal: { ...principal, negated: false, entries: [entry] } };
}

function documentOf(statement: Statement, failing: readonly ConditionCheck[]): PolicyValue {
  const { sid, effect, principal, action, conditions } = statement;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    [principal.negated ? 'NotPrincipal' : 'Principal']: principalOf(principal.entries),
    [action.negated ? 'NotAction' : 'Action']: oneOrMany(action.patterns),
    ...(conditions.length > 0 ? { Condition: conditionsOf(conditions, failing) } : {}),
  };
}

function principalOf(entries: Statement['principal']['entries']): PolicyValue {
  if (entries.some(({ type }) => type === '*')) return '*';
  const byType = new Map<string, string[]>();
  for (const { type, value } of entries) byType.set(type, [...(byType.get(type) ?? []), value]);
  return Object.fromEntries([...byType].map(([type, values]) => [type, oneOrMany(values)]));
}

function conditionsOf(
  conditions: readonly Condition[],
  failing: readonly ConditionCheck[],
): PolicyValue {
  const operators: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of conditions) {
    const failed = failing.find(({ condition: one }) => one === condition);
    const admitted = failed ? admittedBy(failed) : asItIs(condition);
    if (!admitted) continue;
    operators[admitted.operator] = {
      ...operators[admitted.operator],
      [admitted.key]: oneOrMany(admitted.values),
    };
  }
  return operators;
}

interface Admitted {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function asItIs({ operator, key, values }: Condition): Admitted {
  return { operator: operator.text, key, values: values.map(({ text }) => text) };
}

/** `undefined` leaves the condition out: its key is never there, so no value would help. */
function admittedBy({ condition, actual }: ConditionCheck): Admitted | undefined {
  if (actual.length === 0) return undefined;
  const { operator, key, values } = asItIs(condition);
  const sayable = values.filter((value) => operator !== 'StringEquals' || !/[*?]/.test(value));
  return { operator, key, values: [...sayable, ...actual.map(policyLiteral)] };
}
