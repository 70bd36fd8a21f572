import { deniesOf } from '../../access/controls.ts';
import type { Proof } from '../../access/questions.ts';
import type { Trust } from '../../access/trust.ts';
import type { Witness } from '../../access/witness.ts';
import { compareTrusts } from '../../compare/compare.ts';
import { type FactChange, factChanges } from '../../compare/facts.ts';
import { type Effect, effectsOf } from '../../compare/effects.ts';
import type { Ref } from '../../gitlab/ref.ts';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import type { Statement } from '../../iam/evaluate/policy.ts';
import type { Blueprint, Entry, Issuer, RoleBlueprint, RoleGrant } from '../blueprint.ts';
import { RCP_FILE } from '../organization/guard.ts';
import { rcpDocument } from '../organization/rcp.ts';
import { roleContextOf, trustOfEntries } from '../policies.ts';
import type { BlueprintPair } from './pair-roles.ts';

/** Whether there is nobody, and whether that is so only because the RCP denies them. */
type ProofUnderRcp = Proof & { readonly byRcp: boolean };

/**
 * What `compare` says of one role, under the RCP of each side: the words of the access diff are about this, and claim
 * nothing else. What becomes different for all roles, such as the issuer or the account, is left out here.
 */
export interface Judge {
  /** Whether nobody who has one of these ways in could not assume the role before. */
  readonly nobodyGains: (grant: RoleGrant, refs: readonly Ref[]) => ProofUnderRcp;
  /** Whether everybody who had one of these ways in still may assume the role. */
  readonly nobodyLoses: (grant: RoleGrant, refs: readonly Ref[]) => ProofUnderRcp;
  /** Who gains or loses access, as `compare` has it; asked where no words were found for one of them. */
  readonly effects: (missing: { readonly gains: boolean; readonly losses: boolean }) => Effect[];
  /** A token that may assume the role now and could not before, and the reverse, where there is one. */
  readonly tokens: () => { readonly gained?: Witness; readonly lost?: Witness };
  /** What else is different of a role that is kept. */
  readonly facts: readonly FactChange[];
}

/** Whether all whom the one trust admits are admitted by the other, which is missing where the role is. */
type Coverage = readonly [other: Trust | undefined, one: Trust];

/** @param reported which way the RCP is reported to change for all roles: what follows from that alone is left out */
export function judgeOf(
  pair: BlueprintPair,
  before: Blueprint,
  after: Blueprint,
  reported: { readonly gains: boolean; readonly losses: boolean },
): Judge {
  const [stack] = after.stacks;
  // Only tokens of gitlab.com have what all conditions ask for.
  const { issuer } = before.issuer.isGitlabCom ? before : after;
  const trustOf = (entries: readonly Entry[]) => trustOfEntries(entries, stack, issuer);
  const earlier = pair.before && underIssuer(pair.before.entries, before.issuer, issuer);
  const later = pair.after && underIssuer(pair.after.entries, after.issuer, issuer);
  const [had, has] = [earlier && trustOf(earlier), later && trustOf(later)];
  const rcp = { had: rcpDenies(before, issuer), has: rcpDenies(after, issuer) };
  const gains = (one: Trust): Coverage => [
    had && { ...had, denies: reported.gains ? rcp.has : rcp.had },
    { ...one, denies: rcp.has },
  ];
  const losses = (one: Trust): Coverage => [
    has && { ...has, denies: reported.losses ? rcp.had : rcp.has },
    { ...one, denies: rcp.had },
  ];
  return {
    nobodyGains: (grant, refs) => answerTo(gains(trustOf(entriesFrom(later, grant, refs)))),
    nobodyLoses: (grant, refs) => answerTo(losses(trustOf(entriesFrom(earlier, grant, refs)))),
    effects: (missing) => [
      ...(missing.gains && has ? effectsBy(gains(has), ['gains', 'looser']) : []),
      ...(missing.losses && had ? effectsBy(losses(had), ['loses', 'stricter']) : []),
    ],
    tokens: () => {
      const [gained, lost] = [has && proofOf(gains(has)), had && proofOf(losses(had))];
      return {
        ...(gained?.holds === 'no' && { gained: gained.witness }),
        ...(lost?.holds === 'no' && { lost: lost.witness }),
      };
    },
    facts: factsOf(pair, after),
  };
}

/** What the RCP of the repository denies, for tokens of an issuer that need not be its own. */
function rcpDenies({ organization, issuer: own }: Blueprint, issuer: Issuer): readonly Statement[] {
  if (!organization) return [];
  const { admitted } = organization;
  // AWS knows this claim of gitlab.com's tokens only, so that no other is admitted by it.
  const namespaceIds = own.isGitlabCom ? admitted.namespaceIds : [];
  const document = rcpDocument({ ...admitted, namespaceIds }, issuer);
  const place = { file: RCP_FILE, path: '' };
  // It is about all roles.
  const key = { account: ANY_ACCOUNT, name: '*' };
  return deniesOf({ key, controls: [{ kind: 'resource-control', document, place }] });
}

function proofOf([other, one]: Coverage): Proof {
  return compareTrusts(other, one).nobodyGains;
}

function answerTo(question: Coverage): ProofUnderRcp {
  const proof = proofOf(question);
  const [other, one] = question;
  const isUnderRcp = proof.holds === 'yes' && one.denies !== undefined && one.denies.length > 0;
  const open = (trust: Trust): Trust => ({ ...trust, denies: [] });
  return {
    ...proof,
    byRcp: isUnderRcp && proofOf([other && open(other), open(one)]).holds !== 'yes',
  };
}

function effectsBy(
  question: Coverage,
  kinds: readonly [apart: Effect['kind'], limited: Effect['kind']],
): Effect[] {
  const [other, one] = question;
  return effectsOf(proofOf(question), one, other, kinds);
}

function entriesFrom(
  entries: readonly Entry[] = [],
  { kind, path }: RoleGrant,
  refs: readonly Ref[],
): Entry[] {
  return entries.filter(
    ({ grant }) =>
      grant.kind === kind &&
      grant.path === path &&
      grant.refs.some(({ type, name }) =>
        refs.some((ref) => ref.type === type && ref.name === name),
      ),
  );
}

/** The same ways in, by tokens of another issuer. */
function underIssuer(entries: readonly Entry[], from: Issuer, to: Issuer): readonly Entry[] {
  if (from.prefix === to.prefix) return entries;
  return entries.map((entry) => ({
    ...entry,
    pins: Object.fromEntries(
      Object.entries(entry.pins).map(([key, values]) => [
        `${to.prefix}${key.slice(from.prefix.length)}`,
        values,
      ]),
    ),
  }));
}

function factsOf({ before, after }: BlueprintPair, blueprint: Blueprint) {
  if (!before || !after) return [];
  const [stack] = blueprint.stacks;
  const contextOf = (role: RoleBlueprint) => roleContextOf(role, stack, blueprint);
  return factChanges(contextOf(before), contextOf(after));
}
