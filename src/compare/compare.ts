import type { RoleKey } from '../access/access-of.ts';
import { type Proof, covers, isEmpty } from '../access/questions.ts';
import type { Given } from '../access/request-dimensions.ts';
import type { Trust } from '../access/trust.ts';

/** A role, and who may assume it. */
export interface ComparedRole {
  readonly key: RoleKey;
  readonly trust: Trust;
}

/** What becomes different for one role. */
export interface RoleComparison {
  readonly key: RoleKey;
  readonly change: 'added' | 'removed' | 'kept';
  /** Whether nobody may assume the role who could not before; otherwise a token that now may. */
  readonly nobodyGains: Proof;
  /** Whether everybody who could assume the role still may; otherwise a token that no longer may. */
  readonly nobodyLoses: Proof;
}

export type Verdict = 'same' | 'wider' | 'narrower' | 'other' | 'undetermined';

/**
 * Compares who may assume each of two sets of roles, paired by account and name, for which AWS does not regard the case
 * of letters. In the order of the later set, then the roles that are gone.
 */
export function compareRoles(
  before: readonly ComparedRole[],
  after: readonly ComparedRole[],
  given: Given = {},
): RoleComparison[] {
  const earlier = new Map(before.map((role) => [textOf(role.key), role]));
  const later = new Set(after.map(({ key }) => textOf(key)));
  return [
    ...after.map((role): RoleComparison => {
      const had = earlier.get(textOf(role.key));
      if (had === undefined) {
        return {
          key: role.key,
          change: 'added',
          nobodyGains: isEmpty(role.trust, given),
          nobodyLoses: SURE,
        };
      }
      return {
        key: role.key,
        change: 'kept',
        nobodyGains: covers(had.trust, role.trust, given),
        nobodyLoses: covers(role.trust, had.trust, given),
      };
    }),
    ...before
      .filter(({ key }) => !later.has(textOf(key)))
      .map(({ key, trust }): RoleComparison => {
        return { key, change: 'removed', nobodyGains: SURE, nobodyLoses: isEmpty(trust, given) };
      }),
  ];
}

const SURE: Proof = { holds: 'yes' };

function textOf({ account, name }: RoleKey): string {
  return `${account}/${name.toLowerCase()}`;
}

/** Which way a role goes as a whole. */
export function verdictOf({ nobodyGains, nobodyLoses }: RoleComparison): Verdict {
  if (nobodyGains.holds === 'no')
    return nobodyLoses.holds === 'no'
      ? 'other'
      : nobodyLoses.holds === 'yes'
        ? 'wider'
        : 'undetermined';
  if (nobodyGains.holds === 'undetermined' || nobodyLoses.holds === 'undetermined')
    return 'undetermined';
  return nobodyLoses.holds === 'no' ? 'narrower' : 'same';
}
