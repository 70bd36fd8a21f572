import { splitAtColons } from '../policy-variables.ts';
import { readTemplate } from '../template.ts';
import { type OperatorComparison, type Matcher, not } from './comparison.ts';
import { patternMatcher } from './string.ts';

/** `arn:partition:service:region:account:resource`; the resource keeps its colons. */
function components(pieces: readonly string[]): string[] | undefined {
  if (pieces.length < 6 || pieces[0] !== 'arn') return undefined;
  return [...pieces.slice(0, 5), pieces.slice(5).join(':')];
}

/**
 * Compares each of the six components by itself, so that `*` does not cross a colon.
 * `ArnEquals` and `ArnLike` are the same:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnLike: OperatorComparison = {
  negated: false,
  prepare: (values, { variables }) => {
    const patterns = values
      .map((value) =>
        components(splitAtColons(value))?.map((piece) =>
          patternMatcher(readTemplate(piece, { wildcards: true, variables })),
        ),
      )
      .filter((pattern): pattern is Matcher[] => pattern !== undefined);
    return (actual, context) => {
      const pieces = components(actual.split(':'));
      if (pieces === undefined) return false;
      return patterns.some((pattern) =>
        pattern.every((matches, at) => matches(pieces[at] ?? '', context)),
      );
    };
  },
};

export const arnNotLike = not(arnLike);
