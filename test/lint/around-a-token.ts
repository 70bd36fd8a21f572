import fc from 'fast-check';
import { contextOf, issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { type Claims, policyAround, read, request, token } from '../access/near-policies.ts';

/** A policy, tokens that it may allow or not, and what AWS knows of the request. */
export const aroundAToken = token.chain((claims) =>
  fc.record({
    policy: policyAround(claims).map(read),
    tokens: fc.array(token, { minLength: 4, maxLength: 4 }).map((more) => [claims, ...more]),
    request,
  }),
);

/** Those of some tokens that a policy allows, by the providers of one account. */
export function allowedOf(
  policy: TrustPolicy,
  tokens: readonly Claims[],
  more: Readonly<Record<string, string>>,
): Claims[] {
  const prepared = preparePolicy(policy);
  return tokens.filter((claims) => {
    const issuer = issuerOfUrl(claims['iss'] ?? '');
    const principal = `arn:aws:iam::123456789012:oidc-provider/${issuer}`;
    return isAllowed(prepared, { principal, context: { ...contextOf(issuer, claims), ...more } });
  });
}
