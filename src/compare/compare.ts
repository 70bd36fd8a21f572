import type { RoleKey } from '../access/role-context.ts';
import { type Proof, covers, isEmpty } from '../access/questions.ts';
import type { Given } from '../access/tokens/request-dimensions.ts';
import type { Trust } from '../access/trust.ts';
import { pairRoles } from './pair-roles.ts';

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

/** Compares who may assume each of two sets of roles, in the order of the later set, then the roles that are gone. */
export function compareRoles(
  before: readonly ComparedRole[],
  after: readonly ComparedRole[],
  given: Given = {},
): RoleComparison[] {
  return pairRoles(before, after).flatMap((pair) => {
    const key = (pair.after ?? pair.before)?.key;
    if (key === undefined) return [];
    return [{ key, ...compareTrusts(pair.before?.trust, pair.after?.trust, given) }];
  });
}

const SURE: Proof = { holds: 'yes' };

/**
 * Compares who may assume one role; a trust is missing where the role is.
 *
 * @param since ISO 8601, where only requests from then on count, on both sides
 */
export function compareTrusts(
  before: Trust | undefined,
  after: Trust | undefined,
  given: Given = {},
  since?: string,
): Pick<RoleComparison, 'change' | 'nobodyGains' | 'nobodyLoses'> {
  if (before !== undefined && after !== undefined) {
    const isSame = isSameText(before, after);
    return {
      change: 'kept',
      nobodyGains: isSame ? SURE : covers(before, after, given, since),
      nobodyLoses: isSame ? SURE : covers(after, before, given, since),
    };
  }
  return {
    change: after === undefined ? 'removed' : 'added',
    nobodyGains: after === undefined ? SURE : isEmpty(after, given, since),
    nobodyLoses: before === undefined ? SURE : isEmpty(before, given, since),
  };
}

/** Policies with the same text admit the same tokens, of any issuer; the reverse is for the evaluator to say. */
export function isSameText(one: Trust | undefined, other: Trust | undefined): boolean {
  return one !== undefined && other !== undefined && textOf(one) === textOf(other);
}

function textOf({ policy: { version, statements }, denies = [], providers }: Trust): string {
  return JSON.stringify([version, statements, denies, providers]);
}

/** Which way a role goes as a whole. */
export function verdictOf({
  nobodyGains,
  nobodyLoses,
}: Pick<RoleComparison, 'nobodyGains' | 'nobodyLoses'>): Verdict {
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
