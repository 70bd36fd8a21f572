import type { Ref } from '../../gitlab/ref.ts';
import type { RoleBlueprint, RoleGrant } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { isCovered } from './covers.ts';
import type { GrantPair } from './pair-grants.ts';
import { limitsOf, listed, whoFrom } from './words.ts';
import { nameRef } from '../../gitlab/ref.ts';

/** Refs of one project or group from which a role may now be assumed, or no longer. */
export interface RefChange {
  readonly kind: 'gained' | 'lost';
  readonly role: RoleBlueprint;
  readonly grant: RoleGrant;
  readonly refs: readonly Ref[];
  /** Refs of narrower patterns, for which nothing changes. */
  readonly unchanged: readonly Ref[];
}

/** What a role's grant gains and loses in refs. */
export function refChanges(
  { before, after }: GrantPair,
  earlier: RoleBlueprint | undefined,
  later: RoleBlueprint | undefined,
): RefChange[] {
  const had = before?.refs ?? [];
  const has = after?.refs ?? [];
  const change = (
    kind: RefChange['kind'],
    role: RoleBlueprint | undefined,
    grant: RoleGrant | undefined,
    [refs, others]: readonly [readonly Ref[], readonly Ref[]],
  ): RefChange[] => {
    const changed = refs.filter((ref) => !isCovered(ref, others));
    if (!role || !grant || changed.length === 0) return [];
    const unchanged = others.filter((ref) => isCovered(ref, changed));
    return [{ kind, role, grant, refs: changed, unchanged }];
  };
  return [
    ...change('gained', later, after, [has, had]),
    ...change('lost', earlier, before, [had, has]),
  ];
}

/** @param roleName the role as it is called after the change */
export function refChangeInWords(change: RefChange, roleName: string): AccessChange {
  const { kind, grant, refs, unchanged } = change;
  const verb = kind === 'gained' ? 'may now' : 'may no longer';
  const limits = kind === 'gained' ? limitsOf(grant).map((limit) => `, ${limit}`) : [];
  const same = listed(unchanged.map(nameRef));
  const rest = same === '' ? '' : `; ${same} ${kind === 'gained' ? 'could before' : 'still may'}`;
  return {
    kind,
    role: roleName,
    sources: [grant.path],
    text: `${whoFrom(grant, refs)} ${verb} assume ${roleName}${limits.join('')}${rest}`,
  };
}
