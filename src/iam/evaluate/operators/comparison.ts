import type { RequestContext } from '../request.ts';

/** Whether a value of the request is one of those that the policy lists. */
export type Matcher = (actual: string, context: RequestContext) => boolean;

/** What one family of condition operators compares, leaving out sets, `IfExists` and absence. */
export interface OperatorComparison {
  /** True for `…Not…`: the condition holds where none of the values matches. */
  readonly negated: boolean;
  /** Reads the policy's values once, for any number of requests. */
  readonly prepare: (values: readonly string[], language: Language) => Matcher;
}

/** What the policy's version lets a value hold. */
export interface Language {
  readonly variables: boolean;
}

/** A comparison whose policy values are read one by one, without policy variables. */
export function plainComparison<Value>(
  read: (text: string) => Value | undefined,
  matches: (actual: Value, expected: Value) => boolean,
  negated = false,
): OperatorComparison {
  return {
    negated,
    prepare: (values) => {
      const expected = values.map(read).filter((value) => value !== undefined);
      return (actual) => {
        const value = read(actual);
        return value !== undefined && expected.some((one) => matches(value, one));
      };
    },
  };
}

/** The same comparison, holding where it did not. */
export function not(comparison: OperatorComparison): OperatorComparison {
  return { ...comparison, negated: !comparison.negated };
}
