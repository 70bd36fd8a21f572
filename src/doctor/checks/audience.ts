import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';
import { audiencesOf, wantedAudience, wantedProvider } from '../facts/token-facts.ts';

export const audience: Check = {
  name: 'audience',
  examine: (facts) => {
    const { provider, claims, trust } = facts;
    if (!claims) return unknown('no claims are known');
    const asked = audiencesOf(facts);
    const [first] = asked;
    if (first === undefined) {
      return failed(
        'the token has no aud, as the old CI_JOB_JWT has none',
        idTokens(wantedAudience(facts) ?? 'https://gitlab.com'),
      );
    }
    if (!provider)
      return unknown(`it is ${first}; give --live to ask AWS which the provider takes`);
    if (asked.some((one) => provider.audiences.includes(one))) {
      return ok(`the provider takes ${first}`);
    }
    const wanted = trust ? wantedAudience(facts) : provider.audiences[0];
    const arn = wantedProvider(facts);
    const listed = wanted !== undefined && wanted !== first;
    return failed(
      `the token is for the audience ${first}, and the provider takes ${provider.audiences.join(', ') || 'none'}`,
      ...(listed ? [idTokens(wanted)] : []),
      ...(arn === undefined || provider.from !== 'aws' || listed
        ? []
        : [
            {
              place: 'aws',
              text: 'Let the provider take this audience too',
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
    text: 'Ask for the token with the audience that provider and trust policy take',
    change: `id_tokens:\n  AWS_ID_TOKEN:\n    aud: ${aud}`,
  };
}
