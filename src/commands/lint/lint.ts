import { shown } from '../../text/flaw.ts';
import { printTo } from '../../terminal/output.ts';
import { gitlabIssuers } from '../../access/gitlab-issuers.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { estateOf } from '../../lint/estate.ts';
import { lint } from '../../lint/lint.ts';
import { lintContextOf } from '../../lint/lint-context.ts';
import { readRoleInputs } from '../../repository/policy-inputs.ts';
import { lintReport, type Judged } from './formats.ts';
import { visible } from '../../text/unprintable.ts';
import { ProblemError } from '../../text/problem.ts';

export interface LintOptions {
  readonly inputs: readonly string[];
  readonly format: string;
  /** The severity from which on a finding makes the exit code 1; `error` where left out. */
  readonly maxSeverity: string;
  /** Issuers known to be GitLab besides those that look like it. */
  readonly issuers: readonly string[];
}

/**
 * Checks trust policies and prints the findings.
 *
 * @returns the exit code: 0, or 1 when there are findings above what is accepted, an undetermined one included, or items that could not be read
 * @throws {ProblemError} for an input that cannot be read, or a flag's value that is none
 */
export async function runLint(options: LintOptions): Promise<number> {
  const { inputs, format, maxSeverity, issuers } = options;
  if (!['none', 'warning'].includes(maxSeverity)) {
    throw new ProblemError([
      {
        where: '--max-severity',
        what: `${shown(maxSeverity)} is not a severity to accept`,
        fix: 'Use warning, to accept warnings (the default), or none, to accept nothing',
      },
    ]);
  }
  const { inventory, facts, notes = [] } = await readRoleInputs(inputs);
  for (const note of notes) printTo('stderr', `${visible(note)}\n`);
  const known = [...(facts.issuers ?? []), ...issuers.map(issuerOfUrl)];
  const estate = estateOf(
    gitlabIssuers(
      inventory.roles.map(({ trust }) => trust),
      known,
    ),
  );
  const judged = inventory.roles.map((role): Judged => ({
    name: role.label,
    place: role.trustPlace,
    ...lint(role.trust, lintContextOf(role, { ...facts, estate })),
  }));
  const refused = judged
    .flatMap((role) => role.findings)
    .filter(({ severity }) => maxSeverity === 'none' || severity !== 'warning');
  const exitCode = refused.length > 0 || inventory.unreadable.length > 0 ? 1 : 0;
  printTo('stdout', lintReport(format, judged, inventory.unreadable, exitCode === 0));
  return exitCode;
}
