import { TIME_KEYS } from '../../access/tokens/request-keys.ts';
import type { Hint } from '../hint.ts';

/** A condition on the time of the request, of which the request is on the wrong side. */
export const expired: Hint = {
  name: 'expired',
  tell: ({ check }) => {
    if (check.kind !== 'condition' || !TIME_KEYS.includes(check.key.toLowerCase()))
      return undefined;
    const [actual] = check.actual;
    const [expected] = check.expected;
    if (actual === undefined || expected === undefined) return undefined;
    if (check.operator.includes('GreaterThan'))
      return `it does not hold yet: it begins at ${expected}, and the request is of ${actual}`;
    return check.operator.includes('LessThan') || check.operator.startsWith('DateEquals')
      ? `it has expired: it ended at ${expected}, and the request is of ${actual}`
      : undefined;
  },
};
