import { issuerOfArn, issuerOfUrl } from '../../iam/condition-keys.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { failed, ok, unknown, type Fix } from '../outcome.ts';
import { audiencesOf, claim, wantedProvider } from '../facts/token-facts.ts';

export const provider: Check = {
  name: 'provider',
  examine: (facts) => {
    const { provider: known, aws, repository } = facts;
    const iss = claim(facts, 'iss');
    if (iss === undefined) return unknown('the iss of the token is not known');
    if (known && issuerOfUrl(iss) !== known.issuer) {
      return failed(
        `the token is of ${iss}, and the repository’s provider is of https://${known.issuer}`,
        issuerAnswer(iss, repository),
      );
    }
    if (known?.from === 'aws') return ok(`the account has one for ${iss}`);
    if (aws && 'otherProviders' in aws) return missing(facts, iss);
    if (aws && 'failure' in aws) return unknown(aws.failure);
    if (known) return unknown(`its address is right; --live asks AWS whether it is there`);
    return unknown('give --live to ask AWS');
  },
};

function missing(facts: Facts, iss: string) {
  const { role, aws, repository } = facts;
  const account = role && 'account' in role ? ` ${role.account} (${role.partition})` : '';
  const others = aws && 'otherProviders' in aws ? (aws.otherProviders ?? []) : [];
  const there = others.map((arn) => issuerOfArn(arn) ?? arn);
  return failed(
    `the account${account} has no OIDC provider for ${iss}${there.length > 0 ? `; it has ${there.join(', ')}` : ''}`,
    creation(facts, iss),
    ...(repository && repository.blueprint.issuer.url !== iss
      ? [issuerAnswer(iss, repository)]
      : []),
  );
}

function creation(facts: Facts, iss: string): Fix {
  const { thumbprint, jwks } = facts.issuer ?? {};
  const needed = thumbprint && jwks?.tls && jwks.tls.signer !== 'public';
  return {
    place: 'aws',
    text: `Deploy the generated repository to that account, or create the provider there${
      wantedProvider(facts) === undefined ? '' : `: ${wantedProvider(facts) ?? ''}`
    }`,
    change: awsCommand('iam create-open-id-connect-provider', {
      Url: iss,
      ClientIDList: audiencesOf(facts),
      ...(needed ? { ThumbprintList: [thumbprint.sha1] } : {}),
    }),
  };
}

function issuerAnswer(iss: string, repository: Facts['repository']): Fix {
  return {
    place: 'answers',
    text: `At ${repository?.locate('gitlab') ?? 'gitlab'}, name the issuer of the tokens, then run update and deploy`,
    change: `gitlab:\n  issuer: ${iss}`,
  };
}
