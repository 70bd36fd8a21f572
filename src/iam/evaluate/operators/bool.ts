import { stringEqualsIgnoreCase } from './string.ts';
import type { OperatorComparison } from './comparison.ts';

const BOOLEANS = new Set(['true', 'false']);

/** `true` or `false`, in any case; anything else matches nothing. */
export const bool: OperatorComparison = {
  negated: false,
  prepare: (values, language) => {
    const matches = stringEqualsIgnoreCase.prepare(values, language);
    return (actual, context) => BOOLEANS.has(actual.toLowerCase()) && matches(actual, context);
  },
};
