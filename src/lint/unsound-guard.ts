import type { Condition } from '../iam/evaluate/policy.ts';
import { keepsOut } from './guard.ts';
import type { LintSubject, Sighting } from './rule.ts';

/** Why a condition on `sub` keeps nobody out; a condition has one flaw, the first of these. */
export type Flaw = 'for-all-values' | 'if-exists' | 'negated';

function flawOf({ operator }: Condition): Flaw | undefined {
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
    .filter(
      ({ subjectConditions }) => !subjectConditions.some((one) => keepsOut(one, subjectConditions)),
    )
    .flatMap(({ subjectConditions }) => subjectConditions.filter((one) => flawOf(one) === flaw))
    .map(({ path, operator }) => ({ path, message: message(operator.text) }));
}
