import { shown } from '../../text/flaw.ts';
import type { Check } from '../check.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';
import { wholeToken } from '../facts/token-facts.ts';

export const NEW_TOKEN: Fix = {
  place: 'gitlab',
  text: 'Run the job again for a new token, and use that one unchanged',
};

export const signingKey: Check = {
  name: 'signing key',
  examine: (facts) => {
    const keys = facts.issuer?.keys;
    const token = wholeToken(facts);
    if (!token) return unknown('there is no whole token');
    if (!keys) return unknown('the issuer’s keys are not known');
    const { kid } = token.header;
    if (keys.some((key) => key.kid === kid)) return ok('the issuer publishes the token’s key');
    return failed(
      `the token is signed by the key ${shown(String(kid))}, which ${facts.issuer.jwksUri ?? 'the issuer'} does not publish: GitLab changed its key since, or another instance made the token`,
      NEW_TOKEN,
    );
  },
};
