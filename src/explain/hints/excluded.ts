import type { Hint } from '../hint.ts';

export const excluded: Hint = {
  name: 'excluded',
  tell: ({ check }) =>
    check.kind === 'condition' && check.reason === 'value-excluded'
      ? `${check.operator} shuts out "${check.actual.join('", "')}"`
      : undefined,
};
