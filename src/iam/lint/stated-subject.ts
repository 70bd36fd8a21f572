import { hasWildcard, readSubject } from '../subject.ts';
import type { GuardedSubject } from './gitlab-statement.ts';
import type { LintSubject } from './rule.ts';

/** All subjects that the statements write down and that could match, under whatever operator. */
export function statedSubjects({ statements }: LintSubject): readonly GuardedSubject[] {
  return statements.flatMap(({ subjectConditions }) =>
    subjectConditions.flatMap(({ operator, values }) =>
      (operator.base.startsWith('String') ? values : [])
        .filter(({ text }) => operator.base.endsWith('Like') || !hasWildcard(text))
        .map((value) => ({ subject: readSubject(value.text), value })),
    ),
  );
}
