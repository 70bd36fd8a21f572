import type { ActionElement } from './policy.ts';
import { compilePattern, matchesPattern, patternParts } from './wildcard.ts';

/**
 * Whether an `Action` covers an action; names are not case-sensitive and may hold `*` and `?`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function prepareAction(element: ActionElement): (action: string) => boolean {
  const texts = element.patterns.map((text) => text.toLowerCase());
  const names = new Set(texts);
  const patterns = texts
    .filter((text) => /[*?]/.test(text))
    .map((text) => compilePattern(patternParts(text)));
  return (action) => {
    const lower = action.toLowerCase();
    const isCovered = names.has(lower) || patterns.some((one) => matchesPattern(one, lower));
    return isCovered !== element.negated;
  };
}
