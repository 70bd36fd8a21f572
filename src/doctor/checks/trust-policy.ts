import { contextOf, issuerOfUrl } from '../../iam/condition-keys.ts';
import { explain, type Explanation } from '../../explain/explain.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { providerArn } from '../../iam/arn.ts';
import type { Check } from '../check.ts';
import type { Claims } from '../../gitlab/id-token.ts';
import type { Facts, Trust } from '../facts/facts.ts';
import { nearestOf } from '../nearest.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { claim, isTaken, wantedAudience, wantedProvider } from '../facts/token-facts.ts';
import { fixesOfTrust } from '../fixes/trust-fixes.ts';

export const trustPolicy: Check = {
  name: 'trust policy',
  examine: (facts) => {
    const { trust, repository } = facts;
    if (!trust) return unknown('it is not known; give a file with it, or --live');
    if (!facts.claims) return unknown('no claims are known');
    const iss = claim(facts, 'iss');
    if (iss === undefined) return unknown('the token’s iss is not known');
    const explained = decide(facts, trust, iss);
    if (explained.decision === 'allowed') {
      const longest = repository?.stack.trustPolicyQuota ?? QUOTAS.trustPolicyMax;
      return trust.policy.size > longest
        ? unknown(
            `it lets the token in, but has ${trust.policy.size} characters, and AWS takes ${longest}`,
          )
        : ok(`it lets the token in, by ${places(explained)}`);
    }
    if (explained.cause === 'explicit-deny') {
      return failed(`${places(explained)} of the trust policy denies the token`, {
        place: 'aws',
        text: 'Take that statement out of the trust policy, or the job out of what it names',
      });
    }
    const nearest = nearestOf(explained);
    if (!nearest)
      return failed('the trust policy has no statement', ...fixesOfTrust(facts, trust, undefined));
    const pending =
      repository && trust.from !== 'answers' && isLetIn(facts, repository.policy, iss);
    return failed(
      pending
        ? `the answers let this job in, and the trust policy that is deployed does not: ${nearest.text}`
        : `the trust policy does not let this job in: ${nearest.text}`,
      ...(pending
        ? [
            {
              place: 'aws',
              text: 'Deploy the repository',
              change: repository.blueprint.cdk
                ? `npx ${repository.blueprint.cdk.name} deploy`
                : 'terraform -chdir=terraform apply',
            } as const,
          ]
        : []),
      ...fixesOfTrust(facts, trust, nearest),
    );
  },
};

function decide(facts: Facts, { policy, from }: Pick<Trust, 'policy' | 'from'>, iss: string) {
  const issuer = issuerOfUrl(iss);
  // A policy that follows from answers may name a stand-in for the account.
  const stated = policy.statements[0]?.principal.entries[0]?.value;
  const account = /::(\d{12}):/.exec(stated ?? '')?.[1];
  const partition = /^arn:(aws[a-z-]*):/.exec(stated ?? '')?.[1] ?? 'aws';
  const principal =
    from === 'aws'
      ? wantedProvider(facts)
      : `arn:${partition}:iam::${account ?? '123456789012'}:oidc-provider/${issuer}`;
  return explain(policy, {
    principal: principal ?? providerArn('aws', '123456789012', issuer),
    context: contextOf(issuer, claimsToJudge(facts)),
  });
}

/** An audience that the provider does not take is a cause of its own, which is not told twice. */
function claimsToJudge(facts: Facts): Claims {
  const { claims = {} } = facts;
  const wanted = wantedAudience(facts);
  return wanted === undefined || isTaken(facts) ? claims : { ...claims, aud: wanted };
}

function isLetIn(facts: Facts, policy: Trust['policy'], iss: string): boolean {
  return decide(facts, { policy, from: 'answers' }, iss).decision === 'allowed';
}

function places({ decidedBy }: Explanation): string {
  return decidedBy.map((index) => `Statement[${index}]`).join(' and ');
}
