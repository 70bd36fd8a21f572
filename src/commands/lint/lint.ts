import { shown } from '../../text/flaw.ts';
import { printTo } from '../../terminal/output.ts';
import { lint } from '../../lint/lint.ts';
import type { LintReport } from '../../lint/lint.ts';
import { readPolicies } from '../../repository/policy-inputs.ts';
import { lintReport, type Judged } from './formats.ts';
import { ProblemError } from '../../text/problem.ts';

export interface LintOptions {
  readonly input: string;
  readonly format: string;
  /** The severity from which on a finding makes the exit code 1; `error` where left out. */
  readonly maxSeverity: string;
  /** Issuers known to be GitLab besides those that look like it. */
  readonly issuers: readonly string[];
}

/**
 * Judges trust policies and prints the findings.
 *
 * @returns the exit code: 0, or 1 when there are findings above what is allowed
 * @throws {ProblemError} for an input that cannot be read, or a flag's value that is none
 */
export async function runLint(options: LintOptions): Promise<number> {
  const { input, format, maxSeverity, issuers } = options;
  if (!['none', 'warning'].includes(maxSeverity)) {
    throw new ProblemError([
      {
        where: '--max-severity',
        what: `${shown(maxSeverity)} is no severity to allow`,
        fix: 'Use warning, to allow warnings (the default), or none, to allow nothing',
      },
    ]);
  }
  const { policies, source } = await readPolicies(input);
  const judged = policies.map(({ name, policy, context }): Judged => {
    const report: LintReport = lint(policy, {
      ...context,
      issuers: [...(context.issuers ?? []), ...issuers],
    });
    return { name, ...report };
  });
  printTo('stdout', lintReport(format, judged, source));
  const findings = judged.flatMap((role) => role.findings);
  const refused =
    maxSeverity === 'none' ? findings : findings.filter((f) => f.severity === 'error');
  return refused.length > 0 ? 1 : 0;
}
