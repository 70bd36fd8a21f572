import { gitlabIssuers } from '../access/gitlab-issuers.ts';
import { statementsWith } from '../access/located.ts';
import type { Proof, Reason } from '../access/questions.ts';
import type { Inventory, RoleContext, RoleKey, UnreadableItem } from '../access/role-context.ts';
import type { Trust } from '../access/trust.ts';
import { issuerOfArn } from '../iam/condition-keys.ts';
import { compareTrusts, isSameText } from './compare.ts';
import { type Effect, effectsOf } from './effects.ts';
import { type FactChange, factChanges, type ProviderChange, providerChanges } from './facts.ts';
import { pairRoles, type RolePair } from './pair-roles.ts';
import { providersIn, trustsOf } from './trusts.ts';

/** `undetermined` means that it cannot be excluded. */
export type Certainty = 'yes' | 'no' | 'undetermined';

/** What a change does to one role. */
export interface RoleDifference {
  readonly key: RoleKey;
  /** What reports call the role on either side. */
  readonly labels: { readonly before?: string; readonly after?: string };
  readonly change: 'added' | 'removed' | 'kept';
  /** Whether somebody may assume the role who could not before. */
  readonly gains: Certainty;
  /** Whether somebody may no longer assume the role. */
  readonly loses: Certainty;
  readonly effects: readonly Effect[];
  readonly facts: readonly FactChange[];
  readonly reasons: readonly Reason[];
}

/** What a change does to the roles of two inputs. */
export interface Comparison {
  readonly roles: readonly RoleDifference[];
  readonly providers: readonly ProviderChange[];
  readonly unreadable: {
    readonly before: readonly UnreadableItem[];
    readonly after: readonly UnreadableItem[];
  };
}

/**
 * Compares what two inputs say of roles: who may assume them, decided by the evaluator for every GitLab token, and what
 * they may do, as far as both inputs know it.
 *
 * @param issuers issuers that are known to be GitLab
 * @param since ISO 8601, where only requests from then on count, on both sides
 */
export function compareInventories(
  before: Inventory,
  after: Inventory,
  issuers: readonly string[] = [],
  since?: string,
): Comparison {
  const isGitlab = gitlabIssuers(
    [...before.roles, ...after.roles].map(({ trust }) => trust),
    issuers,
  );
  const named = (role: RoleContext) => ({ key: role.key, isNamed: role.name !== undefined, role });
  const pairs = pairRoles(before.roles.map(named), after.roles.map(named));
  return {
    roles: pairs.flatMap(({ before: had, after: has }) => {
      const isUnread =
        (had && !has && isUnreadIn(after, had.role.key)) ||
        (has && !had && isUnreadIn(before, has.role.key));
      const pair = { before: had?.role, after: has?.role };
      return isUnread ? unreadDifference(pair) : differenceOf(pair, isGitlab, since);
    }),
    providers: providerChanges(before.providers, after.providers),
    unreadable: { before: before.unreadable, after: after.unreadable },
  };
}

/** Whether a role may be there although it was not read: its trust policy was not, or a whole file that can hold any role. */
function isUnreadIn({ unreadable }: Inventory, { account, name }: RoleKey): boolean {
  return unreadable.some(({ keys, address }) =>
    keys === undefined
      ? address === undefined
      : keys.some(
          (key) => key.account === account && key.name.toLowerCase() === name.toLowerCase(),
        ),
  );
}

/** A role whose trust policy one side does not tell is neither new nor gone. */
function unreadDifference({ before, after }: RolePair<RoleContext>): RoleDifference[] {
  const role = after ?? before;
  if (role === undefined) return [];
  return [
    {
      key: role.key,
      labels: { ...(before && { before: before.label }), ...(after && { after: after.label }) },
      change: 'kept',
      gains: 'undetermined',
      loses: 'undetermined',
      effects: [],
      facts: [],
      reasons: [],
    },
  ];
}

function differenceOf(
  pair: RolePair<RoleContext>,
  isGitlab: (issuer: string) => boolean,
  since: string | undefined,
): RoleDifference[] {
  const { before, after } = pair;
  const role = after ?? before;
  if (role === undefined) return [];
  const trusts = trustsOf(pair);
  const { change, nobodyGains, nobodyLoses } = compareTrusts(
    trusts.before,
    trusts.after,
    {},
    since,
  );
  const others = isSameText(trusts.before, trusts.after) ? [] : otherIssuers(pair, isGitlab);
  const answer = (proof: Proof): Certainty =>
    others.length > 0 ? 'undetermined' : ANSWERS[proof.holds];
  return [
    {
      key: role.key,
      labels: {
        ...(before && { before: before.label }),
        ...(after && { after: after.label }),
      },
      change,
      gains: answer(nobodyGains),
      loses: answer(nobodyLoses),
      effects:
        others.length > 0
          ? []
          : [
              ...effectsOf(nobodyGains, trusts.after, trusts.before, ['gains', 'looser'], since),
              ...effectsOf(nobodyLoses, trusts.before, trusts.after, ['loses', 'stricter'], since),
            ],
      facts: before && after ? factChanges(before, after) : [],
      reasons:
        others.length > 0
          ? others
          : reasonsOf([nobodyGains, nobodyLoses]).map((one) => locatedInBoth(one, trusts)),
    },
  ];
}

const ANSWERS = { yes: 'no', no: 'yes', undetermined: 'undetermined' } as const;

function otherIssuers(
  { before, after }: RolePair<RoleContext>,
  isGitlab: (issuer: string) => boolean,
): Reason[] {
  const arns = [before, after].flatMap((role) => (role ? providersIn(role.trust) : []));
  const issuers = new Set(arns.flatMap((arn) => issuerOfArn(arn) ?? []));
  return [...issuers]
    .filter((issuer) => !isGitlab(issuer))
    .map((issuer) => ({ kind: 'other-issuer', issuer }));
}

/** Each reason once: both directions depend on the same conditions, in whichever order they were met. */
function reasonsOf(proofs: readonly Proof[]): Reason[] {
  const all = proofs
    .flatMap((proof) => (proof.holds === 'undetermined' ? proof.reasons : []))
    .map((reason) =>
      reason.kind === 'unread-condition'
        ? { ...reason, conditions: [...reason.conditions].sort() }
        : reason,
    );
  return [...new Map(all.map((reason) => [JSON.stringify(reason), reason])).values()];
}

/** The reason with the statements of either side that it is about, such as `Statement[0] before`. */
function locatedInBoth(reason: Reason, trusts: RolePair<Trust>): Reason {
  if (reason.kind !== 'unread-condition') return reason;
  const statements = (['before', 'after'] as const).flatMap((side) => {
    const trust = trusts[side];
    return trust ? statementsWith(reason.conditions, trust).map((name) => `${name} ${side}`) : [];
  });
  return statements.length > 0 ? { ...reason, statements } : reason;
}

/** What a change comes to as a whole. */
export interface Totals {
  /** Whether somebody may assume a role who could not before. */
  readonly gains: Certainty;
  readonly loses: Certainty;
  /** Whether those who may assume a role may do more with it. */
  readonly permissions: Certainty;
  readonly changes: boolean;
}

export function totalsOf({ roles, providers, unreadable }: Comparison): Totals {
  const isOpen = unreadable.before.length + unreadable.after.length > 0;
  const facts = roles.flatMap((role) => role.facts);
  const gains = worst(roles.map((role) => role.gains));
  const loses = worst(roles.map((role) => role.loses));
  return {
    gains: gains === 'no' && isOpen ? 'undetermined' : gains,
    loses: loses === 'no' && isOpen ? 'undetermined' : loses,
    permissions: worst(facts.map(({ direction }) => DIRECTIONS[direction])),
    changes:
      gains !== 'no' ||
      loses !== 'no' ||
      facts.length + providers.length > 0 ||
      roles.some(({ change }) => change !== 'kept'),
  };
}

const DIRECTIONS = { gained: 'yes', lost: 'no', changed: 'undetermined' } as const;

function worst(answers: readonly Certainty[]): Certainty {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('undetermined') ? 'undetermined' : 'no';
}
