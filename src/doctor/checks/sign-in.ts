import type { Check } from '../check.ts';
import { signInSetupOf } from '../../blueprint/sign-in-setup.ts';
import { messageIn } from '../../iam/messages/catalog.ts';
import { EXAMPLE_SETUP } from '../../iam/messages/message.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const signIn: Check = {
  id: 'DOC016',
  name: 'sign-in',
  about: 'the answer of STS to the token, and the identity of the session',
  needs: '`--try`',
  examine: ({ attempt, repository }) => {
    if (!attempt) return unknown('it was not tried; add --try');
    if ('identity' in attempt) return ok(`AWS gave a session: ${attempt.identity}`);
    const setup = repository ? signInSetupOf(repository.blueprint) : EXAMPLE_SETUP;
    const fixes = messageIn(attempt.refusal)?.fixes(setup) ?? [];
    return failed(`STS rejected the token: ${attempt.refusal}`, ...fixes);
  },
};
