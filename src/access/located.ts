import type { Statement } from '../iam/evaluate/policy.ts';
import type { Reason } from './questions.ts';
import { canonicalCondition } from './tokens/canonical-condition.ts';
import { statementsOf, type Trust } from './trust.ts';

/** `Statement[0]`, `Statement[0] of RCP guard`. */
export function nameOfStatement({ path, document }: Pick<Statement, 'path' | 'document'>): string {
  return document === undefined ? path : `${path} of RCP ${document}`;
}

/** The reason with the statements that it is about, where a condition of theirs cannot be read. */
export function located(reason: Reason, trust: Trust): Reason {
  if (reason.kind !== 'unread-condition') return reason;
  const statements = statementsWith(reason.conditions, trust);
  return statements.length > 0 ? { ...reason, statements } : reason;
}

/** The names of the statements that have one of the conditions, as reasons name these. */
export function statementsWith(conditions: readonly string[], trust: Trust): string[] {
  const found = statementsOf(trust).filter((statement) =>
    statement.conditions.some(
      (one) =>
        // What is not known of the role says it itself.
        one.undecided === undefined && conditions.includes(canonicalCondition(one)),
    ),
  );
  return [...new Set(found.map(nameOfStatement))];
}
