import type { Condition } from '../iam/evaluate/policy.ts';

const GUARDS = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);

/** Whether a condition names texts, and fails for a key that is absent. */
export function isGuard({ operator }: Condition): boolean {
  return GUARDS.has(operator.base) && operator.set !== 'ForAllValues' && !operator.ifExists;
}
