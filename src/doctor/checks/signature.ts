import { compactVerify, createLocalJWKSet, errors } from 'jose';
import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { wholeToken } from '../facts/token-facts.ts';
import { NEW_TOKEN } from './signing-key.ts';

export const signature: Check = {
  id: 'DOC011',
  name: 'signature',
  about: 'the signature: made with that key',
  needs: 'the token and the network',
  examine: async (facts) => {
    const token = wholeToken(facts);
    const keys = facts.issuer?.keys;
    if (!token) return unknown('no whole token was given');
    if (!keys?.some(({ kid }) => kid === token.header['kid'])) {
      return unknown('the key of the token is unknown');
    }
    try {
      await compactVerify(token.text, createLocalJWKSet({ keys: [...keys] }), {
        algorithms: ['RS256'],
      });
      return ok('the issuer signed the token');
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) {
        return unknown('the key of the token cannot be used here');
      }
      return failed(
        'the issuer did not make the signature: the token was changed or forged',
        NEW_TOKEN,
      );
    }
  },
};
