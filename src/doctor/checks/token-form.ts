import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { idTokensLines, type Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const tokenForm: Check = {
  id: 'DOC004',
  name: 'token',
  about:
    'the token: a whole JSON Web Token, signed with RS256, at most 20,000 characters, no claim twice',
  needs: 'the token',
  examine: (facts) => {
    const { token, job } = facts;
    if (!token) {
      if (!job) return unknown('no token was given');
      return failed(
        'the job has no ID token: AWS_ID_TOKEN and AWS_WEB_IDENTITY_TOKEN_FILE are not set',
        idTokens(facts),
      );
    }
    if ('text' in token) return ok('it is a JSON Web Token signed with RS256');
    const { what, fix } = token.flaw;
    return failed(what, { ...idTokens(facts), text: fix });
  },
};

function idTokens({ repository }: Facts): Fix {
  const aud = repository?.blueprint.issuer.audience ?? 'https://gitlab.com';
  return {
    place: 'ci',
    text: 'Request the token in the job itself or in a job that it extends',
    change: idTokensLines(aud),
  };
}
