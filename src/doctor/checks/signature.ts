import { compactVerify, createLocalJWKSet, errors } from 'jose';
import type { Check } from '../check.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { wholeToken } from '../facts/token-facts.ts';
import { NEW_TOKEN } from './signing-key.ts';

export const signature: Check = {
  name: 'signature',
  examine: async (facts) => {
    const token = wholeToken(facts);
    const keys = facts.issuer?.keys;
    if (!token) return unknown('there is no whole token');
    if (!keys?.some(({ kid }) => kid === token.header['kid'])) {
      return unknown('the token’s key is not known');
    }
    try {
      await compactVerify(token.text, createLocalJWKSet({ keys: [...keys] }), {
        algorithms: ['RS256'],
      });
      return ok('the issuer signed the token');
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) {
        return unknown('the token’s key cannot be used here');
      }
      return failed(
        'the signature is not the issuer’s: the token was changed on its way, or is forged',
        NEW_TOKEN,
      );
    }
  },
};
