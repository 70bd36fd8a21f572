import { covers } from '../access/questions.ts';
import { issuerOfArn } from '../iam/condition-keys.ts';
import type { Condition, Statement } from '../iam/evaluate/policy.ts';
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
  return looseConditions(subject, isLoose, withoutGuarded).flatMap(
    ({ condition, proof }): Sighting[] =>
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
  narrowed: (statement: Statement, condition: Condition) => Statement = (statement) => statement,
) {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  return statements.flatMap(({ statement: whole, onClaims }) =>
    onClaims.filter(isLooseCondition).map((condition) => {
      const statement = narrowed(whole, condition);
      const strict = withOperator(statement, condition, plain(condition.operator));
      const trustOf = (one: Statement) => ({
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

/** A token of another provider never has the key. Where the statement asks for the `sub` of that provider as well, that is its guard. */
function withoutGuarded(statement: Statement, { issuer }: Condition): Statement {
  const { principal, conditions } = statement;
  const guarded = conditions
    .filter(({ claim }) => claim === 'sub')
    .map((one) => one.issuer.toLowerCase())
    .filter((one) => one !== issuer.toLowerCase());
  const entries = principal.entries.filter(
    ({ value }) => !guarded.includes(issuerOfArn(value)?.toLowerCase() ?? ''),
  );
  if (principal.negated || entries.length === 0) return statement;
  return { ...statement, principal: { ...principal, entries } };
}

function plain({ base }: OperatorName): OperatorName {
  return { base, ifExists: false, text: base };
}
