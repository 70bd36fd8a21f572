import type { Condition, ConditionValue } from '../iam/evaluate/policy.ts';
import type { GitlabStatement } from './gitlab-statement.ts';
import type { LintSubject, Sighting } from './rule.ts';
import type { StatedSubject } from './stated-subject.ts';

/** Looks at each subject that a statement lets in. */
export function sightSubjects(
  { statements }: LintSubject,
  isWrong: (stated: StatedSubject, statement: GitlabStatement) => boolean,
  message: (text: string) => string,
): Sighting[] {
  const sightings: Sighting[] = [];
  for (const statement of statements) {
    for (const stated of statement.subjects) {
      if (!isWrong(stated, statement)) continue;
      sightings.push({ path: stated.value.path, message: message(stated.value.text) });
    }
  }
  return sightings;
}

/** Looks at each subject that a statement writes down, whomever it lets in. */
export function sightStated(
  { statements }: LintSubject,
  flawOf: (stated: StatedSubject) => string | undefined,
): Sighting[] {
  const sightings: Sighting[] = [];
  for (const { stated } of statements) {
    for (const one of stated) {
      const message = flawOf(one);
      if (message !== undefined) sightings.push({ path: one.value.path, message });
    }
  }
  return sightings;
}

/** Looks at each condition on a claim of the token. */
export function sightKeys(
  { statements }: LintSubject,
  isWrong: (condition: Condition, statement: GitlabStatement) => boolean,
  message: (key: string, statement: GitlabStatement) => string,
): Sighting[] {
  const sightings: Sighting[] = [];
  for (const statement of statements) {
    for (const condition of statement.onClaims) {
      if (!isWrong(condition, statement)) continue;
      sightings.push({ path: condition.path, message: message(condition.key, statement) });
    }
  }
  return sightings;
}

/** Looks at each value of each condition. */
export function sightValues(
  { statements }: LintSubject,
  isWrong: (value: ConditionValue, condition: Condition, statement: GitlabStatement) => boolean,
  message: (value: ConditionValue, condition: Condition) => string,
): Sighting[] {
  const sightings: Sighting[] = [];
  for (const statement of statements) {
    for (const condition of statement.statement.conditions) {
      for (const value of condition.values) {
        if (!isWrong(value, condition, statement)) continue;
        sightings.push({ path: value.path, message: message(value, condition) });
      }
    }
  }
  return sightings;
}
