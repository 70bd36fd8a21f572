import type { AttachedPolicy, RoleContext } from '../role-context.ts';
import { accountOf, ANY_ACCOUNT } from '../../iam/arn.ts';
import type { RequestContext } from '../../iam/evaluate/request.ts';
import { managedDocument } from './managed.ts';
import type { OrganizationRules } from './organization.ts';
import { type KnownKeys, type PolicyRule, rulesOf } from './rule.ts';
import { all, any, NO, not, UNKNOWN, type Value, YES } from './value.ts';
import { BoundedCache } from '../../text/bounded-cache.ts';

/** Everything that decides what a role may do, read once. */
export interface Policies {
  /** The role's own account; `*` where it is not known. */
  readonly account: string;
  readonly partition: string;
  readonly known: KnownKeys;
  readonly identity: readonly PolicyRule[];
  /** The same policy by policy, in the order of the role's; `undefined` for one whose document is not in the input. */
  readonly each: readonly (readonly PolicyRule[] | undefined)[];
  /** `undefined` where the role has none; `unread` where it has one that the input does not hold. */
  readonly boundary: readonly PolicyRule[] | 'unread' | undefined;
  readonly organization: OrganizationRules;
  /** The rules that can be about a service, by its prefix, as far as somebody asked. */
  readonly ofServices: Map<string, ServiceRules>;
  /** What keeps the answers from being complete, in words. */
  readonly gaps: readonly string[];
}

/** The rules of {@link Policies} that can be about one service. */
interface ServiceRules {
  readonly identity: readonly PolicyRule[];
  readonly boundary: readonly PolicyRule[] | 'unread' | undefined;
  readonly service: readonly (readonly PolicyRule[])[];
  readonly resource: readonly PolicyRule[];
}

/** What is looked at of a role. */
export type ReachingRole = Pick<
  RoleContext,
  'key' | 'arn' | 'trust' | 'policies' | 'boundary' | 'tags'
>;

export function policiesOf(role: ReachingRole, organization: OrganizationRules): Policies {
  const known = knownOf(role);
  const gaps: string[] = [];
  const read = (policy: AttachedPolicy): readonly PolicyRule[] | undefined => {
    const document = policy.document ?? managedDocument(policy.arn);
    if (document !== undefined) return sharedRules(document, known);
    gaps.push(`the document of ${policy.arn ?? policy.name ?? 'a policy'} is not in the input`);
    return undefined;
  };
  if (role.policies === undefined) gaps.push('its policies are not in the input');
  const each = (role.policies ?? []).map(read);
  const boundary = role.boundary && (read(role.boundary) ?? ('unread' as const));
  return {
    account: knownAccount(role) ?? ANY_ACCOUNT,
    partition: partitionOf(role),
    known,
    identity: each.flatMap((rules) => rules ?? []),
    each,
    boundary,
    organization,
    ofServices: new Map(),
    gaps,
  };
}

/**
 * The same, in which one of the role's own policies allows alone. What takes away does so as before: Deny statements of all
 * policies, the boundary, SCPs and RCPs.
 *
 * @param at the policy's place; where its document is not known, it allows everything
 */
export function allowedByOne(policies: Policies, at: number): Policies {
  const denies = policies.identity.filter((rule) => !isAllow(rule));
  const identity = [...(policies.each[at] ?? EVERYTHING), ...denies];
  return { ...policies, identity, ofServices: new Map() };
}

const EVERYTHING = rulesOf({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

const shared = new BoundedCache<readonly PolicyRule[]>(2000);

/** Many roles carry the same policy. One with variables is read for each role, since its patterns depend on it. */
function sharedRules(document: unknown, known: KnownKeys): readonly PolicyRule[] {
  const text = JSON.stringify(document);
  if (text.includes('${')) return rulesOf(document, known);
  return shared.of(text, () => rulesOf(document));
}

/**
 * What AWS fills in the same way for each request of a role that signed in with a token.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function knownOf({
  arn,
  key,
  tags,
}: {
  readonly key: RoleContext['key'];
  readonly arn?: string | undefined;
  readonly tags?: RoleContext['tags'] | undefined;
}): KnownKeys {
  const account = knownAccount({ arn, key });
  const context: Record<string, string> = {
    'aws:principaltype': 'AssumedRole',
    'aws:principalisawsservice': 'false',
    'aws:multifactorauthpresent': 'false',
    'aws:securetransport': 'true',
    ...(arn !== undefined && { 'aws:principalarn': arn }),
    ...(account !== undefined && { 'aws:principalaccount': account }),
  };
  for (const [name, value] of Object.entries(tags ?? {}))
    context[`aws:principaltag/${name.toLowerCase()}`] = value;
  return knownFrom(context, tags !== undefined);
}

/** A role trusts OIDC providers of its own partition. */
function partitionOf({ arn, trust }: ReachingRole): string {
  const known =
    arn ??
    trust.statements
      .flatMap(({ principal }) => principal.entries)
      .find(({ type }) => type === 'Federated')?.value;
  return /^arn:([^:]+):/.exec(known ?? '')?.[1] ?? 'aws';
}

/** A role's account, where it is known by its number. */
function knownAccount({
  arn,
  key,
}: {
  readonly arn?: string | undefined;
  readonly key: RoleContext['key'];
}): string | undefined {
  return accountOf(arn) ?? (/^\d{12}$/.test(key.account) ? key.account : undefined);
}

/** @param hasTags whether the role's tags are known, so that another is known to be absent */
function knownFrom(context: RequestContext, hasTags: boolean): KnownKeys {
  const isTag = (one: string) => hasTags && one.startsWith('aws:principaltag/');
  return { context, isKnown: (one) => Object.hasOwn(context, one) || isTag(one) };
}

/** The same, with more keys known. */
export function knowing({ context, isKnown }: KnownKeys, more: RequestContext): KnownKeys {
  const lower = Object.fromEntries(
    Object.entries(more).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return {
    context: { ...context, ...lower },
    isKnown: (key) => Object.hasOwn(lower, key) || isKnown(key),
  };
}

/** Whether the role's own policies allow an action on anything: a quick look before all the rest. */
export function mayAllow(policies: Policies, action: string): boolean {
  // Asked for each action of each role: a function to call back would be made each time.
  for (const rule of ofService(policies, serviceOf(action)).identity)
    if (isAllow(rule) && rule.covers(action)) return true;
  return false;
}

/** Rules that can be about one action, so that many resources are decided quickly. */
export interface ForAction {
  readonly allows: readonly PolicyRule[];
  readonly boundary: readonly PolicyRule[] | 'unread' | undefined;
  readonly service: readonly (readonly PolicyRule[])[];
  /** SCPs that have no Allow statement at all only take away; a level without one allows nothing. */
  readonly allowing: readonly boolean[];
  readonly isByLevel: boolean;
  readonly denies: readonly PolicyRule[];
}

export function forAction(policies: Policies, action: string): ForAction {
  const { identity, boundary, service, resource } = ofService(policies, serviceOf(action));
  const covers = (rule: PolicyRule) => rule.covers(action);
  const allows = (rules: readonly PolicyRule[]) =>
    rules.filter((rule) => isAllow(rule) && covers(rule));
  return {
    allows: allows(identity),
    boundary: typeof boundary === 'object' ? allows(boundary) : boundary,
    service: service.map(allows),
    allowing: policies.organization.service.map(
      (rules) => policies.organization.isByLevel || rules.some(isAllow),
    ),
    isByLevel: policies.organization.isByLevel,
    denies: [
      ...identity,
      ...(typeof boundary === 'object' ? boundary : []),
      ...service.flat(),
      ...resource,
    ].filter((rule) => !isAllow(rule) && covers(rule)),
  };
}

function isAllow({ effect }: PolicyRule): boolean {
  return effect === 'Allow';
}

/** Of the actions that were asked about: the same ones are asked about for each role. */
const services = new Map<string, string>();

function serviceOf(action: string): string {
  const known = services.get(action);
  if (known !== undefined) return known;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  services.set(action, service);
  return service;
}

function ofService(policies: Policies, service: string): ServiceRules {
  const known = policies.ofServices.get(service);
  if (known) return known;
  const about = (rules: readonly PolicyRule[]) => rules.filter((rule) => rule.mayCover(service));
  const { boundary, organization } = policies;
  const found = {
    identity: about(policies.identity),
    boundary: typeof boundary === 'object' ? about(boundary) : boundary,
    service: organization.service.map(about),
    resource: about(organization.resource),
  };
  policies.ofServices.set(service, found);
  return found;
}

/**
 * Whether a role may call an action on a resource.
 *
 * @param isGranted whether the resource itself grants it to the role by name, so that its own policies need not
 */
export function decide(
  rules: ForAction,
  resource: string,
  known: KnownKeys,
  isGranted: Value = NO,
): Value {
  const applies = (rule: PolicyRule) => all([rule.matches(resource), rule.holds(known)]);
  const own = any([isGranted, ...rules.allows.map(applies)]);
  if (own === NO) return NO;
  const denied = any(rules.denies.map(applies));
  if (denied === YES) return NO;
  const { boundary } = rules;
  const within =
    boundary === undefined ? YES : boundary === 'unread' ? UNKNOWN : any(boundary.map(applies));
  return all([own, within, allowedByScps(rules, applies), not(denied)]);
}

/**
 * Each level of an organization must allow an action. Where the input does not say at which level an SCP is attached, what
 * all of them allow is allowed, and what some of them allow depends on that.
 */
function allowedByScps(
  { service, allowing, isByLevel }: ForAction,
  applies: (rule: PolicyRule) => Value,
): Value {
  const values = service
    .filter((_, at) => allowing[at])
    .map((allows) => any(allows.map((rule) => applies(rule))));
  if (values.length === 0) return YES;
  const least = all(values);
  return least === NO && any(values) !== NO && !isByLevel ? UNKNOWN : least;
}
