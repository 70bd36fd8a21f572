import type { Proof } from '../../access/questions.ts';
import type { Trust } from '../../access/trust.ts';
import type { Witness } from '../../access/witness.ts';
import { compareTrusts, isSameText } from '../../compare/compare.ts';
import { type FactChange, factChanges } from '../../compare/facts.ts';
import { type Effect, effectsOf } from '../../compare/effects.ts';
import type { Ref } from '../../gitlab/ref.ts';
import type { Blueprint, Entry, Issuer, RoleBlueprint, RoleGrant } from '../blueprint.ts';
import { roleContextOf, trustOfEntries } from '../policies.ts';
import type { BlueprintPair } from './pair-roles.ts';

/**
 * What `compare` says of one role: the words of the access diff are about this, and claim nothing else. What becomes
 * different for all roles, such as the issuer or the account, is left out here.
 */
export interface Judge {
  /** Whether nobody who has one of these ways in could not assume the role before. */
  readonly nobodyGains: (grant: RoleGrant, refs: readonly Ref[]) => Proof;
  /** Whether everybody who had one of these ways in still may assume the role. */
  readonly nobodyLoses: (grant: RoleGrant, refs: readonly Ref[]) => Proof;
  /** Who gains or loses access, as `compare` has it; asked where no words were found for one of them. */
  readonly effects: (missing: { readonly gains: boolean; readonly losses: boolean }) => Effect[];
  /** A token that may assume the role now and could not before, and the reverse, where there is one. */
  readonly tokens: () => { readonly gained?: Witness; readonly lost?: Witness };
  /** What else is different of a role that is kept. */
  readonly facts: readonly FactChange[];
}

export function judgeOf(pair: BlueprintPair, before: Blueprint, after: Blueprint): Judge {
  const [stack] = after.stacks;
  // Only tokens of gitlab.com have what all conditions ask for.
  const { issuer } = before.issuer.isGitlabCom ? before : after;
  const trustOf = (entries: readonly Entry[]) => trustOfEntries(entries, stack, issuer);
  const earlier = pair.before && underIssuer(pair.before.entries, before.issuer, issuer);
  const later = pair.after && underIssuer(pair.after.entries, after.issuer, issuer);
  const [had, has] = [earlier && trustOf(earlier), later && trustOf(later)];
  return {
    nobodyGains: (grant, refs) =>
      compareTrusts(had, trustOf(entriesFrom(later, grant, refs))).nobodyGains,
    nobodyLoses: (grant, refs) =>
      compareTrusts(trustOf(entriesFrom(earlier, grant, refs)), has).nobodyLoses,
    effects: (missing) => effectsBetween(had, has, missing),
    tokens: () => {
      const { nobodyGains, nobodyLoses } = compareTrusts(had, has);
      return {
        ...(nobodyGains.holds === 'no' && { gained: nobodyGains.witness }),
        ...(nobodyLoses.holds === 'no' && { lost: nobodyLoses.witness }),
      };
    },
    facts: factsOf(pair, after),
  };
}

function effectsBetween(
  had: Trust | undefined,
  has: Trust | undefined,
  missing: { readonly gains: boolean; readonly losses: boolean },
): Effect[] {
  if (isSameText(had, has)) return [];
  const { nobodyGains, nobodyLoses } = compareTrusts(had, has);
  return [
    ...(missing.gains ? effectsOf(nobodyGains, has, had, ['gains', 'looser']) : []),
    ...(missing.losses ? effectsOf(nobodyLoses, had, has, ['loses', 'stricter']) : []),
  ];
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
