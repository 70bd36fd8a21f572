import type { Explanation } from '../explain/explain.ts';
import type { ConditionCheck, StatementEvaluation } from '../iam/evaluate/evaluate.ts';

/** The statement that comes closest: it names the provider, and the fewest of its conditions fail. */
export interface Nearest {
  readonly index: number;
  readonly path: string;
  /** What the first failing check looks like. */
  readonly text: string;
  readonly hint: string | undefined;
  readonly failing: readonly ConditionCheck[];
  readonly principalDiffers: boolean;
  /** ARN of the token's provider. */
  readonly provider: string;
}

/** @returns `undefined` where no statement allows anything */
export function nearestOf({ statements }: Explanation): Nearest | undefined {
  const allows = statements.filter(({ effect }) => effect === 'Allow');
  const [nearest] = [...allows].sort((a, b) => distance(a) - distance(b));
  if (!nearest?.failure) return undefined;
  const { index, path, failure, checks } = nearest;
  const { check, text, hint } = failure;
  const where = check.kind === 'condition' ? `${check.operator} ${check.key}` : check.kind;
  return {
    index,
    path,
    text: `${path}, ${where}: ${text}`,
    hint,
    failing: checks.filter(
      (one): one is ConditionCheck => one.kind === 'condition' && !one.matched,
    ),
    provider: checks.find(({ kind }) => kind === 'principal')?.actual[0] ?? '',
    principalDiffers: checks.some(({ kind, matched }) => kind === 'principal' && !matched),
  };
}

function distance({ checks }: StatementEvaluation): number {
  return checks.reduce(
    (sum, { kind, matched }) => sum + (matched ? 0 : kind === 'condition' ? 1 : 9),
    0,
  );
}
