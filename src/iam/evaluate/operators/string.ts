import { fillTemplate, hasVariable, readTemplate, type TemplatePart } from '../template.ts';
import { compilePattern, matchesPattern, type PatternPart } from '../wildcard.ts';
import { type OperatorComparison, type Matcher, not } from './comparison.ts';

/** Case-sensitive; `*` and `?` are plain characters. */
export const stringEquals: OperatorComparison = {
  negated: false,
  prepare: (values, { variables }) => {
    const templates = values.map((value) => readTemplate(value, { wildcards: false, variables }));
    const fixed = new Set(templates.filter((parts) => !hasVariable(parts)).map(textOf));
    const open = templates.filter(hasVariable).map((parts): Matcher => (actual, context) => {
      const filled = fillTemplate(parts, context);
      return filled !== undefined && textOf(filled) === actual;
    });
    return (actual, context) => fixed.has(actual) || open.some((one) => one(actual, context));
  },
};

export const stringEqualsIgnoreCase: OperatorComparison = {
  negated: false,
  prepare: (values, { variables }) => {
    const templates = values.map((value) => readTemplate(value, { wildcards: false, variables }));
    return (actual, context) => {
      const lower = actual.toLowerCase();
      return templates.some((parts) => {
        const filled = fillTemplate(parts, context);
        return filled !== undefined && textOf(filled).toLowerCase() === lower;
      });
    };
  },
};

/** Case-sensitive; `*` is any run of characters, `/` and `:` among them, `?` is one. */
export const stringLike: OperatorComparison = {
  negated: false,
  prepare: (values, { variables }) => {
    const templates = values.map((value) => readTemplate(value, { wildcards: true, variables }));
    const fixed = new Set(templates.filter(isFixed).map(textOf));
    const matchers = templates.filter((parts) => !isFixed(parts)).map(patternMatcher);
    return (actual, context) =>
      fixed.has(actual) || matchers.some((matches) => matches(actual, context));
  },
};

export const stringNotEquals = not(stringEquals);
export const stringNotEqualsIgnoreCase = not(stringEqualsIgnoreCase);
export const stringNotLike = not(stringLike);

/** Compiles a pattern once where nothing in it waits for the request. */
export function patternMatcher(parts: readonly TemplatePart[]): Matcher {
  const compiled = hasVariable(parts) ? undefined : compileFilled(fillTemplate(parts, {}));
  if (compiled !== undefined) return (actual) => matchesPattern(compiled, actual);
  return (actual, context) => {
    const pattern = compileFilled(fillTemplate(parts, context));
    return pattern !== undefined && matchesPattern(pattern, actual);
  };
}

function compileFilled(parts: readonly PatternPart[] | undefined) {
  return parts && compilePattern(parts);
}

function isFixed(parts: readonly TemplatePart[]): boolean {
  return parts.every((part) => 'text' in part);
}

function textOf(parts: readonly TemplatePart[]): string {
  return parts.map((part) => ('text' in part ? part.text : '')).join('');
}
