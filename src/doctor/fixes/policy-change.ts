import { policyLiteral, POLICY_VERSION, type PolicyValue } from '../../iam/policy.ts';
import { claimsOf, readKey } from '../../iam/condition-keys.ts';
import type { RequestContext } from '../../iam/evaluate/request.ts';
import type { ConditionCheck } from '../../iam/evaluate/evaluate.ts';
import type { Condition, Statement, TrustPolicy } from '../../iam/evaluate/policy.ts';
import { oneOrMany } from '../../iam/policy.ts';

/** Whose token the policy is to admit. */
interface Requester {
  /** ARN of the OIDC provider. */
  readonly provider: string;
  /** Whether the statement names that provider. */
  readonly trusted: boolean;
  /** The issuer's address without `https://`. */
  readonly issuer: string;
  /** The condition keys that AWS fills from the token. */
  readonly context: RequestContext;
}

/**
 * A trust policy whose statement also allows the token that it denied: each failing condition gets the token's value in
 * addition to its own, and a value that could never match is replaced.
 *
 * @param failing the conditions of that statement that fail, with the token's values
 */
export function admitting(
  policy: TrustPolicy,
  index: number,
  failing: readonly ConditionCheck[],
  requester: Requester,
): PolicyValue {
  return {
    Version: POLICY_VERSION,
    Statement: policy.statements.map((statement) =>
      statement.index === index
        ? documentOf(trusting(statement, requester), failing, requester)
        : documentOf(statement, [], requester),
    ),
  };
}

/** The statement with the token's provider, where it names another. */
function trusting(statement: Statement, { provider: value, trusted }: Requester): Statement {
  const { principal } = statement;
  if (trusted) return statement;
  const entry = { type: 'Federated', value, path: principal.path } as const;
  return { ...statement, principal: { ...principal, negated: false, entries: [entry] } };
}

function documentOf(
  statement: Statement,
  failing: readonly ConditionCheck[],
  requester: Requester,
): PolicyValue {
  const { sid, effect, principal, action, conditions } = statement;
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    [principal.negated ? 'NotPrincipal' : 'Principal']: principalOf(principal.entries),
    [action.negated ? 'NotAction' : 'Action']: oneOrMany(action.patterns),
    ...(conditions.length > 0 ? { Condition: conditionsOf(conditions, failing, requester) } : {}),
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
  requester: Requester,
): PolicyValue {
  const operators: Record<string, Record<string, string | readonly string[]>> = {};
  for (const condition of conditions) {
    const failed = failing.find(({ condition: one }) => one === condition);
    const admitted = failed ? admittedBy(failed, requester) : asItIs(condition);
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

/**
 * What admits the token in addition: its value, under the key that AWS fills for its issuer. `undefined` leaves the condition
 * out: AWS has no such key for that issuer, so no value would help.
 */
function admittedBy(
  { condition, actual }: ConditionCheck,
  { issuer, context }: Requester,
): Admitted | undefined {
  const { operator, key, values } = asItIs(condition);
  const { claim } = readKey(key);
  const filled = claimsOf(issuer).includes(claim) ? `${issuer}:${claim}` : undefined;
  const given = actual.length > 0 ? actual : [context[filled ?? ''] ?? []].flat();
  if (given.length === 0) return undefined;
  const possible = values.filter((value) => operator !== 'StringEquals' || !/[*?]/.test(value));
  const admitted = given.map(policyLiteral).filter((value) => !possible.includes(value));
  return {
    operator,
    key: actual.length > 0 ? key : (filled ?? key),
    values: [...possible, ...admitted],
  };
}
