import { issuerOfArn, issuerOfUrl } from '../../iam/condition-keys.ts';
import { awsCommand } from '../fixes/aws-command.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { audiencesOf, claim, wantedProvider } from '../facts/token-facts.ts';

export const provider: Check = {
  id: 'DOC006',
  name: 'provider',
  about: "an OIDC provider in the role's account and partition, with exactly the token's `iss`",
  needs: '`--live`, or a generated repository',
  examine: (facts) => {
    const { provider: known, aws, repository } = facts;
    const iss = claim(facts, 'iss');
    if (iss === undefined) return unknown('the iss of the token is unknown');
    if (known && issuerOfUrl(iss) !== known.issuer) {
      return failed(
        `the iss of the token is ${iss}, but the provider of the repository is for https://${known.issuer}`,
        issuerAnswer(iss, repository),
      );
    }
    if (known?.from === 'aws') return ok(`the account has a provider for ${iss}`);
    if (aws && 'otherProviders' in aws) return missing(facts, iss);
    if (aws && 'failure' in aws) return unknown(aws.failure);
    if (known) return unknown('its URL is right; add --live to check that AWS has it');
    return unknown('add --live to read it from AWS');
  },
};

function missing(facts: Facts, iss: string) {
  const { role, aws, repository } = facts;
  const account = role && 'account' in role ? ` ${role.account} (${role.partition})` : '';
  const others = aws && 'otherProviders' in aws ? (aws.otherProviders ?? []) : [];
  const existing = others.map((arn) => issuerOfArn(arn) ?? arn);
  return failed(
    `the account${account} has no OIDC provider for ${iss}${existing.length > 0 ? `; it has ${existing.join(', ')}` : ''}`,
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
    text: `Set the issuer of the tokens at ${repository?.locate('gitlab') ?? 'gitlab'}, then run update and deploy`,
    change: `gitlab:\n  issuer: ${iss}`,
  };
}
