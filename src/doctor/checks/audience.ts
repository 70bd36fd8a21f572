import { awsCommand } from '../aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { failed, ok, unknown, type Mend } from '../outcome.ts';
import { audiencesOf, wantedProvider } from '../token-facts.ts';
import { readKey } from '../../iam/condition-keys.ts';

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
        idTokens(preferred(facts) ?? 'https://gitlab.com'),
      );
    }
    if (!provider)
      return unknown(`it is ${first}; give --live to ask AWS which the provider takes`);
    if (asked.some((one) => provider.audiences.includes(one))) {
      return ok(`the provider takes ${first}`);
    }
    const wanted = trust ? preferred(facts) : provider.audiences[0];
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
              change: awsCommand('iam add-client-id-to-open-id-connect-provider', [
                ['open-id-connect-provider-arn', arn],
                ['client-id', first],
              ]),
            } as const,
          ]),
    );
  },
};

/** An audience that both the provider and the trust policy take, and else what the policy asks for. */
function preferred({ provider, trust }: Facts): string | undefined {
  const asked = (trust?.policy.statements ?? []).flatMap(({ conditions }) =>
    conditions
      .filter(({ key }) => readKey(key).claim === 'aud')
      .flatMap(({ values }) => values.map(({ text }) => text)),
  );
  const taken = provider?.audiences ?? [];
  return taken.find((one) => asked.length === 0 || asked.includes(one)) ?? asked[0];
}

function idTokens(aud: string): Mend {
  return {
    place: 'ci',
    text: 'Ask for the token with the audience that provider and trust policy take',
    change: `id_tokens:\n  AWS_ID_TOKEN:\n    aud: ${aud}`,
  };
}
