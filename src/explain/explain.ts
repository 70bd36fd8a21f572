import {
  type StatementCheck,
  evaluate,
  type Evaluation,
  type StatementEvaluation,
} from '../iam/evaluate/evaluate.ts';
import type { Statement, TrustPolicy } from '../iam/evaluate/policy.ts';
import type { WebIdentityRequest } from '../iam/evaluate/request.ts';
import { HINTS } from './hints.ts';

/** An evaluation that also says, of each statement that does not apply, what it fails on. */
export interface Explanation extends Omit<Evaluation, 'statements'> {
  readonly statements: readonly ExplainedStatement[];
}

interface ExplainedStatement extends StatementEvaluation {
  readonly failure?: ExplainedFailure;
}

/** The first check that fails, and the mistake that it looks like. */
interface ExplainedFailure {
  readonly check: StatementCheck;
  /** Name of the hint, for machines; absent where none fits. */
  readonly hint?: string;
  readonly text: string;
}

/**
 * Why a request is allowed or denied.
 *
 * @param denies statements of RCPs
 */
export function explain(
  policy: TrustPolicy,
  request: WebIdentityRequest,
  denies: readonly Statement[] = [],
): Explanation {
  const evaluation = evaluate(policy, request, denies);
  return {
    ...evaluation,
    statements: evaluation.statements.map((statement) => {
      const check = statement.checks.find(({ matched }) => !matched);
      return check ? { ...statement, failure: explainFailure(check, request) } : statement;
    }),
  };
}

/** The statements that decided: `Statement[0]`, `Statement[0] of RCP guard`. */
export function deciders({ decidedBy, statements }: Explanation): string[] {
  return decidedBy.flatMap((at) => {
    const one = statements[at];
    if (one === undefined) return [];
    return one.document === undefined
      ? [`Statement[${one.index}]`]
      : [`${one.path} of RCP ${one.document}`];
  });
}

function explainFailure(check: StatementCheck, request: WebIdentityRequest): ExplainedFailure {
  for (const hint of HINTS) {
    const text = hint.tell({ check, request });
    if (text !== undefined) return { check, hint: hint.name, text };
  }
  return { check, text: plainly(check) };
}

function plainly({ expected, actual }: StatementCheck): string {
  const given = actual.length === 0 ? 'nothing' : `"${actual.join('", "')}"`;
  return `expected "${expected.join('" or "')}", the request has ${given}`;
}
