import { limitInWords } from '../../access/words.ts';
import { nameRef, type Ref } from '../../gitlab/ref.ts';
import type { RoleBlueprint, RoleGrant } from '../blueprint.ts';
import type { AccessChange } from './change.ts';
import { isCovered } from './covers.ts';
import type { GrantPair } from './pair-grants.ts';
import { limitsOf, listed, whoFrom } from './words.ts';

/** Refs of one project or group from which a role may now be assumed, or no longer. */
export interface RefChange {
  readonly kind: 'gained' | 'lost';
  readonly role: RoleBlueprint;
  readonly grant: RoleGrant;
  readonly refs: readonly Ref[];
  /** Refs of narrower patterns, for which nothing changes. */
  readonly unchanged: readonly Ref[];
  /** The group that allows the project on the other side of the change. */
  readonly within: RoleGrant | undefined;
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
    other: RoleBlueprint | undefined,
  ): RefChange[] => {
    const changed = refs.filter((ref) => !isCovered(ref, others));
    if (!role || !grant || changed.length === 0) return [];
    const unchanged = others.filter((ref) => isCovered(ref, changed));
    const within = other?.grants.find((group) => letsIn(group, grant, changed));
    return [{ kind, role, grant, refs: changed, unchanged, within }];
  };
  return [
    ...change('gained', later, after, [has, had], earlier),
    ...change('lost', earlier, before, [had, has], later),
  ];
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
  const { kind, grant, refs, unchanged, within } = change;
  const verb = kind === 'gained' ? 'may now' : 'may no longer';
  const same = kind === 'gained' ? 'could before' : 'still may';
  const limits = kind === 'gained' ? limitsInWords(grant) : '';
  const rest = unchanged.length > 0 ? `; ${listed(unchanged.map(nameRef))} ${same}` : '';
  const group = within
    ? `; as a project below ${within.path} it ${same}${limitsInWords(within)}`
    : '';
  return {
    kind,
    role: roleName,
    sources: [grant.path],
    text: `${whoFrom(grant, refs)} ${verb} assume ${roleName}${limits}${rest}${group}`,
  };
}

function limitsInWords(grant: RoleGrant): string {
  return limitsOf(grant)
    .map((limit) => `, ${limitInWords(limit)}`)
    .join('');
}
