import type { Condition, ConditionValue } from '../iam/evaluate/policy.ts';
import { hasWildcard } from '../iam/subject.ts';

const GUARDS = new Set(['StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);

/** A condition that keeps anybody out: one that fails for what it does not name, absence included. */
export function isGuard({ operator }: Condition): boolean {
  return GUARDS.has(operator.base) && operator.set !== 'ForAllValues' && !operator.ifExists;
}

/**
 * Whether a condition keeps others out, the conditions on the same key considered: with `Null: false`
 * an absent key fails there, whatever ForAllValues or IfExists say of it.
 */
export function keepsOut(condition: Condition, siblings: readonly Condition[]): boolean {
  if (isGuard(condition)) return true;
  return GUARDS.has(condition.operator.base) && siblings.some(asksPresence);
}

function asksPresence({ operator, values }: Condition): boolean {
  return operator.base === 'Null' && values.every(({ text }) => text.toLowerCase() === 'false');
}

function isExact({ operator }: Condition, { text }: ConditionValue): boolean {
  return operator.base !== 'StringLike' || !hasWildcard(text);
}

/** Claim to the values of the sound, exact conditions on it. */
export function pinsOf(conditions: readonly Condition[]): Map<string, readonly string[]> {
  const pins = new Map<string, readonly string[]>();
  for (const one of conditions) {
    if (!isGuard(one) || !one.values.every((value) => isExact(one, value))) continue;
    const values = one.values.map(({ text }) => text);
    pins.set(one.claim, [...(pins.get(one.claim) ?? []), ...values]);
  }
  return pins;
}
