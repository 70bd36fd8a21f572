import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';

export const tokenForm: Check = {
  name: 'token',
  examine: (facts) => {
    const { token, job } = facts;
    if (!token) {
      if (!job) return unknown('no token was given');
      return failed(
        'the job has no ID token: AWS_ID_TOKEN and AWS_WEB_IDENTITY_TOKEN_FILE are not set',
        idTokens(facts),
      );
    }
    if ('text' in token) return ok('it is a signed JSON Web Token, by RS256');
    const { what, fix } = token.flaw;
    return failed(what, { ...idTokens(facts), text: fix });
  },
};

function idTokens({ repository }: Facts): Fix {
  const aud = repository?.blueprint.issuer.audience ?? 'https://gitlab.com';
  return {
    place: 'ci',
    text: 'Ask for the token in the job itself or in what it extends',
    change: `id_tokens:\n  AWS_ID_TOKEN:\n    aud: ${aud}`,
  };
}
