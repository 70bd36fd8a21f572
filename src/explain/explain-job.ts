import type { JobDecision } from '../access/job.ts';
import type { Given } from '../access/tokens/request-dimensions.ts';
import { providersOf, type Trust } from '../access/trust.ts';
import { contextOf, issuerOfUrl } from '../iam/condition-keys.ts';
import { explain, type Explanation } from './explain.ts';

/**
 * A decision statement by statement: of a denial, one of the requests that are denied, so that what fails is not merely a
 * key that was not given.
 *
 * @returns `undefined` for a token of an issuer that the role does not trust
 */
export function explainJob(
  trust: Trust,
  claims: Readonly<Record<string, unknown>>,
  given: Given,
  decision: JobDecision,
): Explanation | undefined {
  const because =
    decision.decision === 'denied' && decision.because.kind === 'policy'
      ? decision.because
      : undefined;
  const decider = decision.decision === 'allowed' ? decision.provider : because?.provider;
  const issuer = issuerOfUrl(String(claims['iss']));
  const provider = providersOf([trust], issuer).find((one) =>
    decider === undefined ? one.issuer === issuer : one.arn === decider,
  );
  if (!provider) return undefined;
  const request = because?.request;
  const context = {
    ...contextOf(provider.issuer, { ...request, ...claims }),
    ...request,
    ...given,
  };
  return explain(trust.policy, { principal: provider.arn, context }, trust.denies);
}
