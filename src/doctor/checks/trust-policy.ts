import { decideJob } from '../../access/job.ts';
import { reasonInWords } from '../../access/words.ts';
import { contextOf, issuerOfUrl } from '../../iam/condition-keys.ts';
import { explain, type Explanation } from '../../explain/explain.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { providerArn } from '../../iam/arn.ts';
import type { Check } from '../check.ts';
import type { Claims } from '../../gitlab/id-token.ts';
import type { Facts, KnownTrust } from '../facts/facts.ts';
import { nearestOf } from '../nearest.ts';
import { failed, ok, unknown } from '../outcome.ts';
import { claim, isTaken, wantedAudience, wantedProvider } from '../facts/token-facts.ts';
import { fixesOfTrust } from '../fixes/trust-fixes.ts';

export const trustPolicy: Check = {
  id: 'DOC015',
  name: 'trust policy',
  about:
    'the token against each statement, condition by condition, as [evaluator.md](evaluator.md) describes',
  needs: 'a file, a generated repository, or `--live`',
  examine: (facts) => {
    const { trust, repository } = facts;
    if (!trust) return unknown('it is unknown; give a file that contains it, or add --live');
    if (!facts.claims) return unknown('the claims of the token are unknown');
    const iss = claim(facts, 'iss');
    if (iss === undefined) return unknown('the iss of the token is unknown');
    const explained = decide(facts, trust, iss);
    if (explained.decision === 'allowed') {
      const longest = repository?.stack.trustPolicyQuota ?? QUOTAS.trustPolicyMax;
      return trust.policy.size > longest
        ? unknown(
            `it allows the token, but has ${trust.policy.size} characters; AWS allows ${longest}`,
          )
        : ok(`${places(explained)} allows the token`);
    }
    const open = openIn(facts, trust, iss);
    if (open !== undefined) return unknown(open);
    if (explained.cause === 'explicit-deny') {
      return failed(`${places(explained)} of the trust policy denies the token`, {
        place: 'aws',
        text: 'Remove that statement from the trust policy, or exclude the job from it',
      });
    }
    const nearest = nearestOf(explained);
    if (!nearest)
      return failed('the trust policy has no statement', ...fixesOfTrust(facts, trust, undefined));
    const pending =
      repository && trust.from !== 'answers' && isAllowed(facts, repository.policy, iss);
    return failed(
      pending
        ? `the answers allow this job, but the deployed trust policy does not: ${nearest.text}`
        : `the trust policy does not allow this job: ${nearest.text}`,
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

function decide(facts: Facts, { policy, from }: Pick<KnownTrust, 'policy' | 'from'>, iss: string) {
  const issuer = issuerOfUrl(iss);
  // A policy that follows from answers may name a stand-in for the account.
  const stated = policy.statements[0]?.principal.entries[0]?.value;
  const account = /::(\d{12}):/.exec(stated ?? '')?.[1];
  const partition = /^arn:(aws[a-z-]*):/.exec(stated ?? '')?.[1] ?? 'aws';
  const principal =
    from === 'aws'
      ? wantedProvider(facts)
      : `arn:${partition}:iam::${account ?? '123456789012'}:oidc-provider/${issuer}`;
  const asked = decisionOf(facts, policy, iss);
  // One of the requests that are denied, so that what fails is not merely a key that was not given.
  const request =
    asked.decision === 'denied' && asked.because.kind === 'policy'
      ? asked.because.request
      : { 'aws:CurrentTime': startOf(facts) };
  return explain(policy, {
    principal: principal ?? providerArn('aws', '123456789012', issuer),
    context: { ...contextOf(issuer, claimsToCheck(facts)), ...request },
  });
}

/** What `explain` says of the token, from now on: what only the request has is unknown, not absent. */
function decisionOf(facts: Facts, policy: KnownTrust['policy'], iss: string) {
  return decideJob({ policy }, { ...claimsToCheck(facts), iss }, {}, { since: startOf(facts) });
}

function startOf({ now }: Facts): string {
  return new Date(now * 1000).toISOString();
}

/** Why it cannot be determined whether the policy allows the token; nothing where it can. */
function openIn(facts: Facts, { policy }: KnownTrust, iss: string): string | undefined {
  const asked = decisionOf(facts, policy, iss);
  if (asked.decision !== 'undetermined') return undefined;
  return 'keys' in asked
    ? `whether it allows the token depends on ${asked.keys.join(', ')} of the request`
    : `whether it allows the token cannot be determined: ${asked.reasons.map(reasonInWords).join('; ')}`;
}

/** An audience that the provider does not list has its own check, so it is not reported twice. */
function claimsToCheck(facts: Facts): Claims {
  const { claims = {} } = facts;
  const wanted = wantedAudience(facts);
  return wanted === undefined || isTaken(facts) ? claims : { ...claims, aud: wanted };
}

function isAllowed(facts: Facts, policy: KnownTrust['policy'], iss: string): boolean {
  return decide(facts, { policy, from: 'answers' }, iss).decision === 'allowed';
}

function places({ decidedBy }: Explanation): string {
  return decidedBy.map((index) => `Statement[${index}]`).join(' and ');
}
