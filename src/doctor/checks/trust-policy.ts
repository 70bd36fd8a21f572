import { decideJob, type JobDecision } from '../../access/job.ts';
import { located } from '../../access/located.ts';
import { TIME_KEYS } from '../../access/tokens/request-keys.ts';
import { reasonInWords } from '../../access/words.ts';
import { contextOf, isAwsKey, issuerOfUrl, readKey } from '../../iam/condition-keys.ts';
import { explainJob } from '../../explain/explain-job.ts';
import { deciders, explain, type Explanation } from '../../explain/explain.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { providerArn, STAND_IN_ACCOUNT } from '../../iam/arn.ts';
import type { ConditionCheck } from '../../iam/evaluate/evaluate.ts';
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
    const { decision, explained } = decide(facts, trust, iss);
    if (decision.decision === 'allowed') {
      const longest = repository?.stack.trustPolicyQuota ?? QUOTAS.trustPolicyMax;
      return trust.policy.size > longest
        ? unknown(
            `it allows the token, but has ${trust.policy.size} characters; AWS allows ${longest}`,
          )
        : ok(`${places(explained)} allows the token`);
    }
    if (decision.decision === 'undetermined') return unknown(openIn(decision, trust));
    if (explained.cause === 'explicit-deny') {
      const ofControl = explained.decidedBy.every((at) => explained.statements[at]?.document);
      const [of, from] = ofControl ? ['', 'RCP'] : [' of the trust policy', 'trust policy'];
      return failed(`${places(explained)}${of} denies the token`, {
        place: 'aws',
        text: `Remove that statement from the ${from}, or exclude the job from it`,
      });
    }
    const found = nearestOf(explained);
    const nearest = found && { ...found, failing: found.failing.filter(isGiven(facts)) };
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

/** What `explain` says of the token, statement by statement: at this moment or, where that does not allow it, from now on. */
function decide(
  facts: Facts,
  known: Pick<KnownTrust, 'policy' | 'account' | 'denies'>,
  iss: string,
) {
  const { policy, account, denies = [] } = known;
  const trust = { policy, denies, ...(account !== undefined && { account }) };
  const claims = { ...claimsToCheck(facts), iss };
  const { given = {}, unknown = [] } = facts;
  const since = new Date(facts.now * 1000).toISOString();
  const isOfMoment = TIME_KEYS.some((key) => key in given);
  const atOnce = isOfMoment
    ? given
    : { ...given, 'aws:currenttime': since, 'aws:epochtime': String(facts.now) };
  const today = decideJob(trust, claims, atOnce, { unknown });
  const decision =
    isOfMoment || today.decision === 'allowed'
      ? today
      : decideJob(trust, claims, given, { unknown, since });
  const explained =
    explainJob(trust, claims, decision === today ? atOnce : given, decision) ??
    untrusted(facts, policy, iss);
  return { decision, explained };
}

/** What a request that is shown as an example fails on is not for a fix to admit. */
function isGiven({ given = {}, unknown = [] }: Facts) {
  return ({ key }: ConditionCheck): boolean => {
    const name = key.toLowerCase();
    const isKnown = isAwsKey(key) ? name in given : !unknown.includes(readKey(key).claim);
    return isKnown || TIME_KEYS.includes(name);
  };
}

/** A token of an issuer that the policy does not name. */
function untrusted(facts: Facts, policy: KnownTrust['policy'], iss: string): Explanation {
  const issuer = issuerOfUrl(iss);
  const principal = wantedProvider(facts) ?? providerArn('aws', STAND_IN_ACCOUNT, issuer);
  return explain(policy, { principal, context: contextOf(issuer, claimsToCheck(facts)) });
}

/** Why it cannot be determined whether the policy allows the token. */
function openIn(
  decision: JobDecision & { readonly decision: 'undetermined' },
  trust: Pick<KnownTrust, 'policy' | 'denies'>,
): string {
  if (!('keys' in decision))
    return `whether it allows the token cannot be determined: ${decision.reasons.map((one) => reasonInWords(located(one, trust))).join('; ')}`;
  const { keys } = decision;
  const depends = `whether it allows the token depends on ${keys.join(', ')}`;
  const claims = keys.filter((key) => !isAwsKey(key));
  return claims.length === 0
    ? `${depends} of the request`
    : `${depends}; add ${claims.map((one) => `--claim ${one}=VALUE`).join(' ')}`;
}

/** An audience that the provider does not list has its own check, so it is not reported twice. */
function claimsToCheck(facts: Facts): Claims {
  const { claims = {} } = facts;
  const wanted = wantedAudience(facts);
  return wanted === undefined || isTaken(facts) ? claims : { ...claims, aud: wanted };
}

function isAllowed(facts: Facts, policy: KnownTrust['policy'], iss: string): boolean {
  return decide(facts, { policy }, iss).decision.decision === 'allowed';
}

function places(explained: Explanation): string {
  return deciders(explained).join(' and ');
}
