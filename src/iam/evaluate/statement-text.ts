import type { Condition, Statement } from './policy.ts';

/** A statement as text that does not depend on its place, its Sid, or the order of what it lists. */
export function statementText({ effect, principal, action, conditions }: Statement): string {
  return JSON.stringify({
    effect,
    [principal.negated ? 'notPrincipal' : 'principal']: principal.entries
      .map(({ type, value }) => `${type} ${value}`)
      .sort(),
    [action.negated ? 'notAction' : 'action']: action.patterns.toSorted(),
    conditions: conditions.map(conditionText).sort(),
  });
}

/** A condition as text that does not depend on its place or the order of its values. */
export function conditionText({ operator, key, values }: Condition): string {
  return JSON.stringify([operator.text, key, values.map(({ text }) => text).sort()]);
}
