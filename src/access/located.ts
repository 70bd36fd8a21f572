import type { Statement } from '../iam/evaluate/policy.ts';
import type { Reason } from './questions.ts';
import { canonicalCondition } from './tokens/canonical-condition.ts';
import { statementsOf, type Trust } from './trust.ts';

/** `Statement[0]`, `Statement[0] of RCP guard`. */
export function nameOfStatement({ path, document }: Pick<Statement, 'path' | 'document'>): string {
  return document === undefined ? path : `${path} of RCP ${document}`;
}

/** The reason with the statements that it is about, where a condition of theirs cannot be read. */
export function located(reason: Reason, trusts: readonly Trust[]): Reason {
  if (reason.kind !== 'unread-condition') return reason;
  const statements = trusts
    .flatMap(statementsOf)
    .filter(({ conditions }) =>
      conditions.some(
        (one) =>
          // What is not known of the role says it itself.
          one.undecided === undefined && reason.conditions.includes(canonicalCondition(one)),
      ),
    )
    .map(nameOfStatement);
  return statements.length > 0 ? { ...reason, statements: [...new Set(statements)] } : reason;
}
