import type { Hint } from '../hint.ts';

export const action: Hint = {
  name: 'action',
  tell: ({ check }) =>
    check.kind === 'action'
      ? `the statement covers ${check.expected.join(', ')}; a token is exchanged by sts:AssumeRoleWithWebIdentity`
      : undefined,
};
