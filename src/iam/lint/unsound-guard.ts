import type { Condition } from '../evaluate/policy.ts';
import { isGuard } from './gitlab-statement.ts';
import type { LintSubject, Sighting } from './rule.ts';

/** Why a condition on `sub` keeps nobody out; a condition has one flaw, the first of these. */
export type Flaw = 'for-all-values' | 'if-exists' | 'negated';

export function flawOf({ operator }: Condition): Flaw | undefined {
  if (operator.set === 'ForAllValues') return 'for-all-values';
  if (operator.ifExists) return 'if-exists';
  return operator.base.includes('Not') ? 'negated' : undefined;
}

/** Where a statement has no sound condition on `sub`, its conditions with this flaw. */
export function sightFlaw(
  { statements }: LintSubject,
  flaw: Flaw,
  message: (operator: string) => string,
): Sighting[] {
  return statements
    .filter(({ subjectConditions }) => !subjectConditions.some((one) => isGuard(one) || asksPresence(one)))
    .flatMap(({ subjectConditions }) => subjectConditions.filter((one) => flawOf(one) === flaw))
    .map(({ path, operator }) => ({ path, message: message(operator.text) }));
}

/** With `Null: false` an absent key fails there, whatever the other operator says of it. */
function asksPresence({ operator, values }: Condition): boolean {
  return operator.base === 'Null' && values.every(({ text }) => text.toLowerCase() === 'false');
}
