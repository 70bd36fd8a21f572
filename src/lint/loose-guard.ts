import { covers } from '../access/questions.ts';
import type { Condition } from '../iam/evaluate/policy.ts';
import type { OperatorName } from '../iam/evaluate/operator-name.ts';
import type { LintSubject, Sighting } from './rule.ts';
import { withOperator } from '../access/variant.ts';

/**
 * Conditions whose operator admits somebody only because a key is absent: the same statement with the plain operator
 * does not admit the token that is shown.
 */
export function sightLoose(
  subject: LintSubject,
  isLoose: (operator: OperatorName) => boolean,
): Sighting[] {
  return looseConditions(subject, isLoose).flatMap(({ condition, proof }): Sighting[] =>
    proof.holds === 'no'
      ? [
          {
            path: condition.path,
            message: `${condition.operator.text} is true for a token without ${condition.key}`,
            witness: proof.witness,
          },
        ]
      : [],
  );
}

/** Conditions of a loose operator that admit nobody whom the plain one would not. */
export function sightHarmless(subject: LintSubject): Sighting[] {
  return looseConditions(subject, ({ set, ifExists }) => set === 'ForAllValues' || ifExists)
    .filter(({ proof }) => proof.holds === 'yes')
    .map(({ condition: { path, operator, key } }) => ({
      path,
      message: `every token has ${key}, so ${operator.text} is ${plain(operator).base}`,
    }));
}

function looseConditions(
  { statements, judging: { policy, known } }: LintSubject,
  isLoose: (operator: OperatorName) => boolean,
) {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  return statements.flatMap(({ statement, onClaims }) =>
    onClaims.filter(isLooseCondition).map((condition) => {
      const strict = withOperator(statement, condition, plain(condition.operator));
      const trustOf = (one: typeof statement) => ({
        ...known,
        policy: { ...policy, statements: [one, ...denies] },
      });
      return { condition, proof: covers(trustOf(strict), trustOf(statement)) };
    }),
  );

  function isLooseCondition({ operator }: Condition): boolean {
    return isLoose(operator) && !operator.base.includes('Not') && operator.base !== 'Null';
  }
}

function plain({ base }: OperatorName): OperatorName {
  return { base, ifExists: false, text: base };
}
