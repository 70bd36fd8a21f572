import type { Condition } from './policy.ts';
import { type RequestContext, valuesOf } from './request.ts';
import type { Language } from './operators/comparison.ts';
import { COMPARISONS } from './operators/comparisons.ts';

/** Why a condition holds or fails. */
export type ConditionReason =
  | 'value-matched'
  | 'value-differs'
  | 'value-not-excluded'
  | 'value-excluded'
  | 'key-absent'
  | 'absent-passes-negation'
  | 'absent-passes-if-exists'
  | 'absent-passes-for-all'
  | 'presence-as-asked'
  | 'presence-otherwise'
  | 'several-values-without-set-operator';

interface ConditionOutcome {
  readonly matched: boolean;
  readonly reason: ConditionReason;
}

const VALUE_MATCHED: ConditionOutcome = { matched: true, reason: 'value-matched' };
const VALUE_DIFFERS: ConditionOutcome = { matched: false, reason: 'value-differs' };
const NOT_EXCLUDED: ConditionOutcome = { matched: true, reason: 'value-not-excluded' };
const EXCLUDED: ConditionOutcome = { matched: false, reason: 'value-excluded' };
const ABSENT: ConditionOutcome = { matched: false, reason: 'key-absent' };
const ABSENT_NEGATED: ConditionOutcome = { matched: true, reason: 'absent-passes-negation' };
const ABSENT_IF_EXISTS: ConditionOutcome = { matched: true, reason: 'absent-passes-if-exists' };
const ABSENT_FOR_ALL: ConditionOutcome = { matched: true, reason: 'absent-passes-for-all' };
const PRESENCE_AS_ASKED: ConditionOutcome = { matched: true, reason: 'presence-as-asked' };
const PRESENCE_OTHERWISE: ConditionOutcome = { matched: false, reason: 'presence-otherwise' };
const SEVERAL_VALUES: ConditionOutcome = {
  matched: false,
  reason: 'several-values-without-set-operator',
};

/** A condition that has read its values once; decides any number of requests. */
export type PreparedCondition = (context: RequestContext) => ConditionOutcome;

export function prepareCondition(condition: Condition, language: Language): PreparedCondition {
  const { operator, key } = condition;
  if (condition.undecided !== undefined) return () => VALUE_MATCHED;
  const expected = condition.values.map(({ text }) => text);
  const comparison = COMPARISONS[operator.base];
  if (comparison === undefined) return prepareNull(key, expected);

  const { negated } = comparison;
  const listed = comparison.prepare(expected, language);
  const holds = (value: string, context: RequestContext) => listed(value, context) !== negated;
  const yes = negated ? NOT_EXCLUDED : VALUE_MATCHED;
  const no = negated ? EXCLUDED : VALUE_DIFFERS;
  const absent = absence(condition, negated);

  if (operator.set === undefined) {
    return (context) => {
      const actual = valuesOf(context, key);
      if (actual === undefined) return absent;
      if (typeof actual === 'string') return holds(actual, context) ? yes : no;
      const [only] = actual;
      if (only === undefined) return absent;
      if (actual.length === 1) return holds(only, context) ? yes : no;
      // AWS asks for a set operator here; a list may pass a negation only as a whole.
      if (!negated) return SEVERAL_VALUES;
      return actual.every((value) => holds(value, context)) ? yes : no;
    };
  }
  const every = operator.set === 'ForAllValues';
  return (context) => {
    const actual = valuesOf(context, key);
    const values = typeof actual === 'string' ? [actual] : (actual ?? []);
    if (values.length === 0) return absent;
    // "resolves to a null dataset, such as an empty string" counts as no value under a set operator.
    if (values.every((value) => value === '')) return every ? ABSENT_FOR_ALL : ABSENT;
    const passes = every
      ? values.every((value) => holds(value, context))
      : values.some((value) => holds(value, context));
    return passes ? yes : no;
  };
}

/** What an operator says of a key that the request does not have. */
function absence({ operator }: Condition, negated: boolean): ConditionOutcome {
  if (operator.ifExists) return ABSENT_IF_EXISTS;
  if (operator.set === 'ForAllValues') return ABSENT_FOR_ALL;
  if (operator.set === 'ForAnyValue') return ABSENT;
  return negated ? ABSENT_NEGATED : ABSENT;
}

/** `Null`: `true` asks that the key be absent, `false` that it be there. */
function prepareNull(key: string, expected: readonly string[]): PreparedCondition {
  const asked = new Set(expected.map((text) => text.toLowerCase()));
  return (context) => {
    const actual = valuesOf(context, key);
    // An empty string is a value; an empty list is none.
    const absent = actual === undefined || (typeof actual !== 'string' && actual.length === 0);
    return asked.has(String(absent)) ? PRESENCE_AS_ASKED : PRESENCE_OTHERWISE;
  };
}
