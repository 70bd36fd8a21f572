import type { Witness } from '../../access/witness.ts';
import { limitInWords, reasonInWords } from '../../access/words.ts';
import { nameRef, type Ref } from '../../gitlab/ref.ts';
import type { RoleBlueprint, RoleGrant } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { isCovered } from './covers.ts';
import type { Judge } from './judge.ts';
import type { GrantPair } from './pair-grants.ts';
import type { BlueprintPair } from './pair-roles.ts';
import { limitsOf, listed, whoFrom } from './words.ts';

/** Refs of one project or group from which a role may now be assumed, or no longer. */
export interface RefChange {
  readonly kind: 'gained' | 'lost';
  /** False where nobody gains or loses: others of the role's entries admit the same tokens, or the RCP denies them. */
  readonly hasEffect: boolean;
  readonly byRcp: boolean;
  readonly role: RoleBlueprint;
  readonly grant: RoleGrant;
  readonly refs: readonly Ref[];
  /** Refs of narrower patterns, for which nothing changes. */
  readonly unchanged: readonly Ref[];
  /** The group that allows the project on the other side of the change. */
  readonly within: RoleGrant | undefined;
  /** Why it cannot be determined, where it cannot; it is then reported as if it had an effect. */
  readonly open: readonly string[];
  /** A token that shows the effect. */
  readonly witness: Witness | undefined;
}

/** What a role's grant gains and loses in refs, as far as `compare` says that somebody does. */
export function refChanges(
  { before, after }: GrantPair,
  pair: BlueprintPair,
  judge: Judge,
): RefChange[] {
  const had = before?.refs ?? [];
  const has = after?.refs ?? [];
  return [
    ...changesOf('gained', pair.after, after, [has, had], pair.before, judge.nobodyGains),
    ...changesOf('lost', pair.before, before, [had, has], pair.after, judge.nobodyLoses),
  ];
}

function changesOf(
  kind: RefChange['kind'],
  role: RoleBlueprint | undefined,
  grant: RoleGrant | undefined,
  [refs, others]: readonly [readonly Ref[], readonly Ref[]],
  other: RoleBlueprint | undefined,
  nobody: Judge['nobodyGains'],
): RefChange[] {
  const changed = refs.filter((ref) => !isCovered(ref, others));
  if (!role || !grant || changed.length === 0) return [];
  const proofs = changed.map((ref) => ({ ref, proof: nobody(grant, [ref]) }));
  const part = (hasEffect: boolean, byRcp = false): RefChange[] => {
    const own = proofs.filter(
      ({ proof }) => (proof.holds !== 'yes') === hasEffect && proof.byRcp === byRcp,
    );
    const of = own.map(({ ref }) => ref);
    if (of.length === 0) return [];
    const open = own.flatMap(({ proof }) =>
      proof.holds === 'undetermined' ? proof.reasons.map(reasonInWords) : [],
    );
    const witness = own.flatMap(({ proof }) => (proof.holds === 'no' ? [proof.witness] : []))[0];
    const unchanged = hasEffect ? others.filter((ref) => isCovered(ref, of)) : [];
    const within = other?.grants.find((group) => letsIn(group, grant, of));
    return [{ kind, hasEffect, byRcp, role, grant, refs: of, unchanged, within, open, witness }];
  };
  return [...part(true), ...part(false), ...part(false, true)];
}

/** Whether a project is below a group that is allowed from some of the same refs. */
function letsIn(group: RoleGrant, { kind, path }: RoleGrant, refs: readonly Ref[]): boolean {
  if (group.kind !== 'group' || kind !== 'project' || !path.startsWith(`${group.path}/`)) {
    return false;
  }
  return refs.some((ref) => isCovered(ref, group.refs));
}

/** @param roleName the role as it is called after the change */
export function refChangeInWords(change: RefChange, roleName: string): AccessChange {
  const { kind, hasEffect, grant, refs, witness } = change;
  return {
    kind: hasEffect ? kind : 'unchanged',
    role: roleName,
    sources: [grant.path],
    text: hasEffect
      ? effectText(change, roleName)
      : noEffectText(change, whoFrom(grant, refs), roleName),
    ...(witness && { witness }),
  };
}

function effectText(change: RefChange, roleName: string): string {
  const { kind, grant, refs, unchanged, within, open } = change;
  const verb = kind === 'gained' ? 'may now' : 'may no longer';
  const same = kind === 'gained' ? 'could before' : 'still may';
  const limits = kind === 'gained' ? limitsInWords(grant) : '';
  const rest = unchanged.length > 0 ? `; ${listed(unchanged.map(nameRef))} ${same}` : '';
  const group = within ? `; as a project in ${within.path} it ${same}${limitsInWords(within)}` : '';
  const reasons = [...new Set(open)].map((reason) => `; ${reason}`).join('');
  return `${whoFrom(grant, refs)} ${verb} assume ${roleName}${limits}${rest}${group}${reasons}`;
}

function noEffectText(change: RefChange, who: string, roleName: string): string {
  const verb = change.kind === 'gained' ? 'is now' : 'is no longer';
  return `${who} ${verb} listed for ${roleName}, which changes nothing: ${whyNoEffect(change)}`;
}

function whyNoEffect({ kind, byRcp, within }: RefChange): string {
  if (byRcp) {
    return `the resource control policy ${kind === 'gained' ? 'denies' : 'denied'} these jobs`;
  }
  return within
    ? `all projects in ${within.path} may`
    : 'other entries of the role admit the same jobs';
}

function limitsInWords(grant: RoleGrant): string {
  return limitsOf(grant)
    .map((limit) => `, ${limitInWords(limit)}`)
    .join('');
}
