import type { Check } from '../check.ts';
import { explainMessage } from '../messages.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const signIn: Check = {
  name: 'sign-in',
  examine: ({ attempt }) => {
    if (!attempt) return unknown('it was not tried; --try does');
    if ('identity' in attempt) return ok(`AWS gave a session: ${attempt.identity}`);
    const known = explainMessage(attempt.refusal);
    return failed(`STS refuses: ${attempt.refusal}`, ...(known ? known.fixes : []));
  },
};
