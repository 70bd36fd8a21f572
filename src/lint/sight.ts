import type { Grant } from '../access/grant.ts';
import type { Condition, ConditionValue } from '../iam/evaluate/policy.ts';
import { hasWildcard, readSubject, type Subject } from '../iam/subject.ts';
import type { GitlabStatement } from './gitlab-statement.ts';
import type { Reach } from './reach.ts';
import type { LintSubject, Sighting } from './rule.ts';
import { widest } from './width.ts';

/** Looks at who is admitted: one sighting for each subject of which a grant is wrong, with its token. */
export function sightGrants(
  { statements }: LintSubject,
  isWrong: (grant: Grant, reach: Reach, statement: GitlabStatement) => boolean,
  message: (text: string) => string,
): Sighting[] {
  return statements.flatMap((statement) =>
    statement.reaches.flatMap((reach): Sighting[] => {
      const wrong = widest(reach.grants).find((grant) => isWrong(grant, reach, statement));
      if (!wrong) return [];
      const what = reach.text === undefined ? 'the statement' : `"${reach.text}"`;
      return [{ path: reach.path, message: message(what), witness: wrong.witness }];
    }),
  );
}

/** Looks at each subject that a statement writes down under an operator that could match it. */
export function sightStated(
  { statements }: LintSubject,
  flawOf: (subject: Subject) => string | undefined,
): Sighting[] {
  return statements.flatMap(({ subjectConditions }) =>
    subjectConditions.flatMap(({ operator, values }) =>
      values.flatMap(({ text, path }): Sighting[] => {
        if (!operator.base.startsWith('String')) return [];
        if (!operator.base.endsWith('Like') && hasWildcard(text)) return [];
        const message = flawOf(readSubject(text));
        return message === undefined ? [] : [{ path, message }];
      }),
    ),
  );
}

/** Looks at each condition on a claim of the token. */
export function sightKeys(
  { statements }: LintSubject,
  isWrong: (condition: Condition, statement: GitlabStatement) => boolean,
  message: (key: string, statement: GitlabStatement) => string,
  fixOf: (condition: Condition) => string | undefined = () => undefined,
): Sighting[] {
  return statements.flatMap((statement) =>
    statement.onClaims
      .filter((condition) => isWrong(condition, statement))
      .map((condition) => ({
        path: condition.path,
        message: message(condition.key, statement),
        ...withFix(fixOf(condition)),
      })),
  );
}

/** Looks at each value of each condition. */
export function sightValues(
  { statements }: LintSubject,
  isWrong: (value: ConditionValue, condition: Condition, statement: GitlabStatement) => boolean,
  message: (value: ConditionValue, condition: Condition) => string,
  fixOf: (condition: Condition) => string | undefined = () => undefined,
): Sighting[] {
  return statements.flatMap((statement) =>
    statement.statement.conditions.flatMap((condition) =>
      condition.values
        .filter((value) => isWrong(value, condition, statement))
        .map((value) => ({
          path: value.path,
          message: message(value, condition),
          ...withFix(fixOf(condition)),
        })),
    ),
  );
}

function withFix(fix: string | undefined): Pick<Sighting, 'fix'> {
  return fix === undefined ? {} : { fix };
}
