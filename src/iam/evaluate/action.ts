import type { ActionElement } from './policy.ts';
import { compilePattern, matchesPattern, patternParts } from './wildcard.ts';

/**
 * Whether an `Action` covers an action; names are not case-sensitive and may hold `*` and `?`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function prepareAction(element: ActionElement): (action: string) => boolean {
  const patterns = element.patterns.map((text) => compilePattern(patternParts(text.toLowerCase())));
  return (action) => {
    const lower = action.toLowerCase();
    return patterns.some((pattern) => matchesPattern(pattern, lower)) !== element.negated;
  };
}
