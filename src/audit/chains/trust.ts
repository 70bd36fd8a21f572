import { accountOf } from '../../iam/arn.ts';
import { prepareAction } from '../../iam/evaluate/action.ts';
import { prepareCondition } from '../../iam/evaluate/condition.ts';
import type { Condition, Statement, TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { KnownKeys } from '../../access/reach/rule.ts';
import { all, MAYBE, NO, UNKNOWN, type Value, YES } from '../../access/reach/value.ts';
import { BoundedCache } from '../../text/bounded-cache.ts';

const ASSUME_ROLE = 'sts:AssumeRole';

/** A statement of a trust policy, as far as roles that assume the role are concerned. */
export interface AssumeTrust {
  readonly effect: 'Allow' | 'Deny';
  /** Principals of AWS: ARNs, accounts, or `*`. */
  readonly principals: readonly string[];
  /** Whether it is about all but these. */
  readonly negated: boolean;
  readonly holds: (known: KnownKeys) => Value;
}

/** The statements that say which principals of AWS may, or may not, assume a role. */
export function assumeTrusts({ statements, version }: TrustPolicy): readonly AssumeTrust[] {
  return statements.flatMap((statement) => {
    if (!prepareAction(statement.action)(ASSUME_ROLE)) return [];
    const principals = principalsOf(statement);
    if (principals.length === 0 && !statement.principal.negated) return [];
    return [
      {
        effect: statement.effect,
        principals,
        negated: statement.principal.negated,
        holds: holdsOf(statement.conditions, version === '2012-10-17'),
      },
    ];
  });
}

type Holds = AssumeTrust['holds'];

const shared = new BoundedCache<Holds>(2000);

/** Many roles trust others under the same conditions, or under none. */
function holdsOf(conditions: readonly Condition[], variables: boolean): Holds {
  const parts = conditions.map(({ operator, key, values }) => [
    operator.text,
    key,
    ...values.map(({ text, type }) => `${type} ${text}`),
  ]);
  return shared.of(JSON.stringify([variables, parts]), () => {
    const tests = conditions.map((one) => testOf(one, variables));
    return (facts) => all(tests.map((test) => test(facts)));
  });
}

function principalsOf({ principal }: Statement): string[] {
  return principal.entries.flatMap(({ type, value }) =>
    type === 'AWS' || type === '*' ? [value] : [],
  );
}

function testOf(condition: Condition, variables: boolean): (known: KnownKeys) => Value {
  const prepared = prepareCondition(condition, { variables });
  const key = condition.key.toLowerCase();
  const hasVariable = variables && condition.values.some(({ text }) => text.includes('${'));
  return (known) => {
    if (hasVariable || !known.isKnown(key)) return MAYBE;
    return prepared(known.context).matched ? YES : NO;
  };
}

/** Who asks to assume a role. */
export interface AskingRole {
  readonly arn: string;
  readonly known: KnownKeys;
}

/**
 * How a trust policy answers a role: `direct` where it names the role itself, `account` where it names the role's account, which
 * leaves it to that account to allow it.
 */
export interface TrustAnswer {
  readonly direct: Value;
  readonly account: Value;
  readonly denied: Value;
}

export function answerOf(trusts: readonly AssumeTrust[], { arn, known }: AskingRole): TrustAnswer {
  let direct: Value = NO;
  let account: Value = NO;
  let denied: Value = NO;
  const most = (one: Value, other: Value): Value => (one > other ? one : other);
  for (const trust of trusts) {
    const named = trust.negated ? 'unclear' : nameOf(trust.principals, arn);
    if (named === undefined) continue;
    const value: Value = named === 'unclear' ? UNKNOWN : trust.holds(known);
    if (trust.effect === 'Deny') denied = most(denied, value);
    else if (named === 'account') account = most(account, value);
    else direct = most(direct, value);
  }
  return { direct, account, denied };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function nameOf(principals: readonly string[], arn: string): 'direct' | 'account' | undefined {
  const own = accountOf(arn) ?? '';
  const isAccount = (one: string) => one === own || one === rootOf(arn, own);
  if (principals.some((one) => one === '*' || isRole(one, arn))) return 'direct';
  return principals.some(isAccount) ? 'account' : undefined;
}

function rootOf(arn: string, account: string): string {
  return `${arn.slice(0, arn.indexOf(':iam:'))}:iam::${account}:root`;
}

/** The role's ARN, or a session of it: the caller chooses the name of the session. */
function isRole(principal: string, arn: string): boolean {
  if (principal === arn) return true;
  const session = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal);
  return session?.[1] === accountOf(arn) && session?.[2] === arn.slice(arn.lastIndexOf('/') + 1);
}
