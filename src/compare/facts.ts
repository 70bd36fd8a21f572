import type { AttachedPolicy, ProviderFacts, RoleContext } from '../access/role-context.ts';
import { issuerOfUrl } from '../iam/condition-keys.ts';
import { canonical } from './canonical.ts';
import { compareDocuments } from './compare-documents.ts';

/** `gained` and `lost`: those who may assume the role may do more, or less. `changed`: which of them cannot be determined. */
type Direction = 'gained' | 'lost' | 'changed';

/** What changes about a role, apart from who may assume it. */
export type FactChange =
  | {
      readonly on: 'policy';
      readonly change: 'added' | 'removed' | 'changed';
      /** ARN of a managed policy, or name of an inline one. */
      readonly policy: string;
      readonly direction: Direction;
    }
  | {
      readonly on: 'boundary';
      readonly before: string | undefined;
      readonly after: string | undefined;
      readonly direction: Direction;
    }
  | {
      readonly on: 'session';
      /** Seconds. */
      readonly before: number;
      readonly after: number;
      readonly direction: Direction;
    };

/** What becomes different about an OIDC provider. Its audiences count in who may assume the roles that trust it. */
export type ProviderChange = (
  | { readonly on: 'provider'; readonly change: 'added' | 'removed'; readonly url: string }
  | {
      readonly on: 'audiences';
      readonly url: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly on: 'thumbprints'; readonly url: string }
) & {
  /** The account, where an input has a provider of this address in several. */
  readonly account?: string;
};

/** What a role may do and for how long, as far as both sides know it. */
export function factChanges(before: RoleContext, after: RoleContext): FactChange[] {
  return [
    ...(before.policies && after.policies ? policyChanges(before.policies, after.policies) : []),
    ...(before.policies && after.policies ? boundaryChanges(before, after) : []),
    ...sessionChanges(before.maxSessionDuration, after.maxSessionDuration),
  ];
}

function policyChanges(
  before: readonly AttachedPolicy[],
  after: readonly AttachedPolicy[],
): FactChange[] {
  const had = new Map(before.map((policy) => [nameOf(policy), policy]));
  const has = new Set(after.map(nameOf));
  return [
    ...after.flatMap((policy): FactChange[] => {
      const name = nameOf(policy);
      const earlier = had.get(name);
      if (earlier === undefined)
        return [{ on: 'policy', change: 'added', policy: name, direction: 'gained' }];
      const isKnown = earlier.document !== undefined && policy.document !== undefined;
      if (!isKnown || canonical(earlier.document) === canonical(policy.document)) return [];
      const direction = compareDocuments(earlier.document, policy.document);
      return [{ on: 'policy', change: 'changed', policy: name, direction }];
    }),
    ...[...had.keys()]
      .filter((name) => !has.has(name))
      .map((policy): FactChange => ({
        on: 'policy',
        change: 'removed',
        policy,
        direction: 'lost',
      })),
  ];
}

function nameOf({ arn, name = '' }: AttachedPolicy): string {
  return arn ?? name;
}

/** Inputs that list a role's policies have its boundary too, or there is none. */
function boundaryChanges(
  { boundary: had }: RoleContext,
  { boundary: has }: RoleContext,
): FactChange[] {
  const [before, after] = [had && nameOf(had), has && nameOf(has)];
  if (before === after) return [];
  const direction = after === undefined ? 'gained' : before === undefined ? 'lost' : 'changed';
  return [{ on: 'boundary', before, after, direction }];
}

function sessionChanges(before: number | undefined, after: number | undefined): FactChange[] {
  if (before === undefined || after === undefined || before === after) return [];
  return [{ on: 'session', before, after, direction: after > before ? 'gained' : 'lost' }];
}

/** Providers by address; one that an input does not mention is not known to be missing where it mentions none. */
export function providerChanges(
  before: readonly ProviderFacts[],
  after: readonly ProviderFacts[],
): ProviderChange[] {
  if (before.length === 0 || after.length === 0) return [];
  const issuerOf = ({ url }: ProviderFacts) => issuerOfUrl(url).toLowerCase();
  const accountIn = ({ arn }: ProviderFacts) => arn?.split(':')[4] ?? '';
  const several = new Set(
    [before, after].flatMap((side) =>
      side
        .filter((one) =>
          side.some(
            (other) => issuerOf(one) === issuerOf(other) && accountIn(one) !== accountIn(other),
          ),
        )
        .map(issuerOf),
    ),
  );
  const keyOf = (one: ProviderFacts) =>
    several.has(issuerOf(one)) ? `${issuerOf(one)} ${accountIn(one)}` : issuerOf(one);
  const had = new Map(before.map((one) => [keyOf(one), one]));
  const has = new Map(after.map((one) => [keyOf(one), one]));
  const named = (changes: readonly ProviderChange[], one: ProviderFacts): ProviderChange[] =>
    several.has(issuerOf(one))
      ? changes.map((change) => ({ ...change, account: accountIn(one) }))
      : [...changes];
  return [
    ...[...has].flatMap(([key, provider]): ProviderChange[] => {
      const earlier = had.get(key);
      const { url } = provider;
      if (earlier === undefined) return named([{ on: 'provider', change: 'added', url }], provider);
      return named(
        [...audienceChanges(earlier, provider), ...thumbprintChanges(earlier, provider)],
        provider,
      );
    }),
    ...[...had].flatMap(([key, provider]): ProviderChange[] =>
      has.has(key)
        ? []
        : named([{ on: 'provider', change: 'removed', url: provider.url }], provider),
    ),
  ];
}

function audienceChanges(before: ProviderFacts, after: ProviderFacts): ProviderChange[] {
  const [had, has] = [before.clientIds, after.clientIds];
  if (!had || !has) return [];
  const added = has.filter((one) => !had.includes(one));
  const removed = had.filter((one) => !has.includes(one));
  if (added.length + removed.length === 0) return [];
  return [{ on: 'audiences', url: after.url, added, removed }];
}

function thumbprintChanges(before: ProviderFacts, after: ProviderFacts): ProviderChange[] {
  const [had, has] = [before.thumbprints, after.thumbprints];
  if (!had || !has || canonical(had) === canonical(has)) return [];
  return [{ on: 'thumbprints', url: after.url }];
}
