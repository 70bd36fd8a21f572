import { shown } from '../../text/flaw.ts';
import type { Check } from '../check.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { wholeToken } from '../facts/token-facts.ts';

export const NEW_TOKEN: Fix = {
  place: 'gitlab',
  text: 'Run the job again for a new token, and use that one unchanged',
};

export const signingKey: Check = {
  id: 'DOC010',
  name: 'signing key',
  about: 'the key that signed the token, among those that the issuer publishes',
  needs: 'the token and the network',
  examine: (facts) => {
    const keys = facts.issuer?.keys;
    const token = wholeToken(facts);
    if (!token) return unknown('no whole token was given');
    if (!keys) return unknown("the issuer's keys are unknown");
    const { kid } = token.header;
    if (keys.some((key) => key.kid === kid)) return ok("the issuer publishes the token's key");
    return failed(
      `the token is signed with the key ${shown(String(kid))}, which ${facts.issuer.jwksUri ?? 'the issuer'} does not publish. GitLab has changed its key since, or another instance issued the token`,
      NEW_TOKEN,
    );
  },
};
