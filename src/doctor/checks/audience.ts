import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import { idTokensLines, type Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { audiencesOf, wantedAudience, wantedProvider } from '../facts/token-facts.ts';

export const audience: Check = {
  id: 'DOC007',
  name: 'audience',
  about: "the token's `aud` among the client IDs of the provider",
  needs: '`--live`, or a generated repository',
  examine: (facts) => {
    const { provider, claims, trust } = facts;
    if (!claims) return unknown('the claims of the token are unknown');
    const given = audiencesOf(facts);
    const [first] = given;
    if (first === undefined) {
      return failed(
        'the token has no aud, like the former CI_JOB_JWT',
        idTokens(wantedAudience(facts) ?? 'https://gitlab.com'),
      );
    }
    if (!provider)
      return unknown(`the token has ${first}; add --live to read the client IDs of the provider`);
    if (given.some((one) => provider.audiences.includes(one))) {
      return ok(`the provider lists ${first}`);
    }
    const wanted = trust ? wantedAudience(facts) : provider.audiences[0];
    const arn = wantedProvider(facts);
    const listed = wanted !== undefined && wanted !== first;
    return failed(
      `the token has the audience ${first}, but the provider lists ${provider.audiences.join(', ') || 'none'}`,
      ...(listed ? [idTokens(wanted)] : []),
      ...(arn === undefined || provider.from !== 'aws' || listed
        ? []
        : [
            {
              place: 'aws',
              text: 'Add this audience to the client IDs of the provider',
              change: awsCommand('iam add-client-id-to-open-id-connect-provider', {
                OpenIDConnectProviderArn: arn,
                ClientID: first,
              }),
            } as const,
          ]),
    );
  },
};

function idTokens(aud: string): Fix {
  return {
    place: 'ci',
    text: 'Request the token with the audience of the provider and the trust policy',
    change: idTokensLines(aud),
  };
}
