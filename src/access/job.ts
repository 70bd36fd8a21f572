import { contextOf, isAwsKey, issuerOfUrl, readKey } from '../iam/condition-keys.ts';
import { isAllowed } from '../iam/evaluate/evaluate.ts';
import type { PreparedPolicy } from '../iam/evaluate/evaluate.ts';
import type { Condition, Statement } from '../iam/evaluate/policy.ts';
import { readTemplate } from '../iam/evaluate/template.ts';
import type { Provider } from './provider.ts';
import { boundReason, type Reason } from './questions.ts';
import { canonicalCondition } from './tokens/canonical-condition.ts';
import type { Dimension } from './tokens/dimension.ts';
import { type Given, requestDimensions, withoutMixedKeys } from './tokens/request-dimensions.ts';
import { claimDimension } from './tokens/space.ts';
import { type KeyTerm, reachedStatements, type Term } from './tokens/terms.ts';
import { TooMany } from './tokens/too-many.ts';
import { providersOf, readTrust, type Trust } from './trust.ts';

/** What a role says to one token. */
export type JobDecision =
  | { readonly decision: 'allowed'; readonly provider: string }
  | { readonly decision: 'denied'; readonly because: Denial }
  /** It depends on the request, or on claims that are not known: with these keys and values it is allowed, with others denied. */
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

/** What a question leaves open. */
export interface StillOpen {
  /** Claims that the token has as well, with any value. */
  readonly unknown?: readonly string[];
  /** ISO 8601, where only requests from then on count. */
  readonly since?: string | undefined;
}

/**
 * Whether a token may assume a role. A key of the request that is not given is unknown, not absent.
 *
 * @param claims of the token, `iss`, `sub` and `aud` among them
 */
export function decideJob(
  trust: Trust,
  claims: Readonly<Record<string, unknown>>,
  given: Given = {},
  open: StillOpen = {},
): JobDecision {
  const issuer = issuerOfUrl(textOf(claims['iss']));
  // A token without an issuer is of no provider.
  const providers = providersOf([trust], issuer).filter((one) => one.issuer !== '');
  const ofIssuer = providers.filter((one) => one.issuer === issuer);
  // AWS looks for the provider in the role's account. Where that is not known, it may be any that the policy names.
  const own = ofIssuer.filter(({ arn }) => arn.split(':')[4] === trust.account);
  const decisions = (own.length > 0 ? own : ofIssuer).map((provider) =>
    decisionBy(provider, trust, claims, given, open),
  );
  const [first] = decisions;
  if (first === undefined) {
    const trusted = [...new Set(providers.map((one) => one.issuer))];
    return { decision: 'denied', because: { kind: 'issuer', token: issuer, trusted } };
  }
  const decided = (decision: JobDecision['decision']) =>
    decisions.find((one) => one.decision === decision);
  return decided('allowed') ?? decided('undetermined') ?? first;
}

/** What a role says to a token of one provider. */
function decisionBy(
  provider: Provider,
  trust: Trust,
  claims: Readonly<Record<string, unknown>>,
  given: Given,
  { unknown = [], since }: StillOpen,
): JobDecision {
  const audience = textOf(claims['aud']);
  if (provider.clientIds?.includes(audience) === false) {
    const because = { kind: 'audience', token: audience, accepted: provider.clientIds } as const;
    return { decision: 'denied', because };
  }
  const read = readTrust(trust);
  const [statements = []] = withoutMixedKeys([reachedStatements(read, provider)], given);
  const terms = statements.flatMap((one) => one.terms);
  const unread = terms.flatMap((term) =>
    term.on === 'unread' && waitsFor(term.condition, unknown, given) ? [term.condition] : [],
  );
  const [most, least] = unread.length > 0 ? around(trust, unread) : [read, read];
  let allowedWith: Given | undefined;
  let deniedWith: Given | undefined;
  let isOpen = false;
  try {
    const dimensions = [
      ...claimDimensionsOf(terms, unknown),
      ...requestDimensions(terms, given, since),
    ];
    for (const values of requests(dimensions)) {
      const context = {
        ...contextOf(provider.issuer, { ...claims, ...values }),
        ...given,
        ...values,
      };
      const asked = { principal: provider.arn, context };
      if (isAllowed(least, asked)) allowedWith ??= values;
      else if (isAllowed(most, asked)) isOpen = true;
      else deniedWith ??= values;
      if (allowedWith && deniedWith) break;
    }
  } catch (error) {
    return { decision: 'undetermined', reasons: [boundReason(error)] };
  }
  if (allowedWith && deniedWith) {
    const keys = [...new Set([...Object.keys(allowedWith), ...Object.keys(deniedWith)])];
    return { decision: 'undetermined', keys, allowedWith, deniedWith };
  }
  if (isOpen) {
    const conditions = unread.map(canonicalCondition);
    return { decision: 'undetermined', reasons: [{ kind: 'unread-condition', conditions }] };
  }
  return allowedWith
    ? { decision: 'allowed', provider: provider.arn }
    : {
        decision: 'denied',
        because: { kind: 'policy', provider: provider.arn, request: deniedWith ?? {} },
      };
}

/** What the terms tell apart of claims that are not known. @throws {TooMany} */
function claimDimensionsOf(terms: readonly Term[], unknown: readonly string[]): Dimension[] {
  return unknown.flatMap((name) => {
    const asking = terms.filter(
      (term): term is KeyTerm => term.on === 'claim' && term.name === name,
    );
    return asking.length > 0
      ? [
          claimDimension(
            name,
            asking.flatMap(({ tests }) => tests),
          ),
        ]
      : [];
  });
}

/** Whether a condition reads something that is not known, by its key or by a variable. */
function waitsFor(condition: Condition, unknown: readonly string[], given: Given): boolean {
  const { key, values, undecided } = condition;
  if (undecided !== undefined) return true;
  const keys = values.flatMap(({ text }) =>
    readTemplate(text, { wildcards: false, variables: true }).flatMap((part) =>
      'variable' in part ? [part.variable.key] : [],
    ),
  );
  return [key, ...keys].some((one) =>
    isAwsKey(one) ? !(one.toLowerCase() in given) : unknown.includes(readKey(one).claim),
  );
}

/** The policy where conditions that cannot be read allow as much as they can, and as little. */
function around(
  { policy, denies = [] }: Trust,
  unread: readonly Condition[],
): [PreparedPolicy, PreparedPolicy] {
  const reading = (holdsOf: Statement['effect']) => {
    const of = (statements: readonly Statement[]) =>
      statements.flatMap((statement) => {
        const conditions = statement.conditions.filter((one) => !unread.includes(one));
        if (conditions.length === statement.conditions.length) return [statement];
        return statement.effect === holdsOf ? [{ ...statement, conditions }] : [];
      });
    return readTrust({
      policy: { ...policy, statements: of(policy.statements) },
      denies: of(denies),
    });
  };
  return [reading('Allow'), reading('Deny')];
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
