import { contextOf, issuerOfUrl } from '../iam/condition-keys.ts';
import { isAllowed } from '../iam/evaluate/evaluate.ts';
import { boundReason, type Reason } from './questions.ts';
import type { Dimension } from './tokens/dimension.ts';
import { type Given, requestDimensions, withoutMixedKeys } from './tokens/request-dimensions.ts';
import { reachedStatements } from './tokens/terms.ts';
import { TooMany } from './tokens/too-many.ts';
import { providersOf, readTrust, type Trust } from './trust.ts';

/** What a role says to one token. */
export type JobDecision =
  | { readonly decision: 'allowed'; readonly provider: string }
  | { readonly decision: 'denied'; readonly because: Denial }
  /** It depends on the request: with these keys and values it is allowed, with others denied. */
  | {
      readonly decision: 'undetermined';
      readonly keys: readonly string[];
      readonly allowedWith: Given;
      readonly deniedWith: Given;
    }
  | { readonly decision: 'undetermined'; readonly reasons: readonly Reason[] };

export type Denial =
  /** The token is of another issuer than the providers that the role trusts: AWS never compares it with the policy. */
  | { readonly kind: 'issuer'; readonly token: string; readonly trusted: readonly string[] }
  /** The provider does not accept the token's audience. */
  | { readonly kind: 'audience'; readonly token: string; readonly accepted: readonly string[] }
  /** No statement allows it, or one denies it, whatever the request; one of the requests is shown. */
  | { readonly kind: 'policy'; readonly provider: string; readonly request: Given };

const REQUEST_BOUND = 10_000;

/**
 * Whether a token may assume a role. A key of the request that is not given is unknown, not absent.
 *
 * @param claims of the token, `iss`, `sub` and `aud` among them
 */
export function decideJob(
  trust: Trust,
  claims: Readonly<Record<string, unknown>>,
  given: Given = {},
): JobDecision {
  const issuer = issuerOfUrl(textOf(claims['iss']));
  const providers = providersOf([trust]);
  const own = providers.filter((one) => one.issuer === issuer);
  const [provider] = own;
  if (provider === undefined) {
    const trusted = [...new Set(providers.map((one) => one.issuer))];
    return { decision: 'denied', because: { kind: 'issuer', token: issuer, trusted } };
  }
  const audience = textOf(claims['aud']);
  if (provider.clientIds?.includes(audience) === false) {
    const because = { kind: 'audience', token: audience, accepted: provider.clientIds } as const;
    return { decision: 'denied', because };
  }
  const read = readTrust(trust);
  const [statements = []] = withoutMixedKeys(
    [reachedStatements(read.prepared, provider, read.policy.version)],
    given,
  );
  const terms = statements.flatMap((one) => one.terms);
  const context = contextOf(issuer, claims);
  let allowedWith: Given | undefined;
  let deniedWith: Given | undefined;
  try {
    for (const request of requests(requestDimensions(terms, given))) {
      const asked = { principal: provider.arn, context: { ...context, ...given, ...request } };
      if (isAllowed(read.prepared, asked)) allowedWith ??= request;
      else deniedWith ??= request;
      if (allowedWith && deniedWith) break;
    }
  } catch (error) {
    return { decision: 'undetermined', reasons: [boundReason(error)] };
  }
  if (allowedWith && deniedWith) {
    const keys = [...new Set([...Object.keys(allowedWith), ...Object.keys(deniedWith)])];
    return { decision: 'undetermined', keys, allowedWith, deniedWith };
  }
  return allowedWith
    ? { decision: 'allowed', provider: provider.arn }
    : {
        decision: 'denied',
        because: { kind: 'policy', provider: provider.arn, request: deniedWith ?? {} },
      };
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}

/** All requests that the policy can tell apart. @throws {TooMany} */
function requests(dimensions: readonly Pick<Dimension, 'label' | 'cells'>[]): Given[] {
  return dimensions.reduce<Given[]>(
    (all, { label, cells }) => {
      if (all.length * cells.length > REQUEST_BOUND)
        throw new TooMany('combinations', REQUEST_BOUND);
      return all.flatMap((one) =>
        cells.map((value) => (value === undefined ? one : { ...one, [label]: value })),
      );
    },
    [{}],
  );
}
