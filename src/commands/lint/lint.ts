import { shown } from '../../text/flaw.ts';
import { printNotes } from '../../terminal/notes.ts';
import { printPieces } from '../../terminal/output.ts';
import { organizationRules } from '../../access/reach/organization.ts';
import { gitlabIssuers } from '../../access/gitlab-issuers.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { baselineText, findingKey } from '../../lint/gate/baseline.ts';
import { isAuditRule } from '../../lint/gate/audit-rules.ts';
import { DEFAULT_FAIL_ON, failsOn } from '../../lint/gate/fail-on.ts';
import { applyGate } from '../../lint/gate/gate.ts';
import type { GateSettings } from '../../lint/gate/settings.ts';
import { estateOf } from '../../lint/estate.ts';
import { startOf } from '../today.ts';
import { lint } from '../../lint/lint.ts';
import { lintContextOf } from '../../lint/lint-context.ts';
import { placed } from '../../lint/placed.ts';
import { type RoleInputs, readRoleInputs, withPipeline } from '../../repository/policy-inputs.ts';
import { writePlainFile } from '../../workspace/write-plain-file.ts';
import { lintReport } from './formats.ts';
import { baselineFrom, settingsFrom } from '../gate-files.ts';
import type { Judged } from './result.ts';
import { withSharedOnce } from './shared.ts';
import { ProblemError } from '../../text/problem.ts';

export interface LintOptions {
  readonly inputs: readonly string[];
  readonly format: string;
  /** Severities and rules for which the exit code is 1. */
  readonly failOn: readonly string[] | undefined;
  /** A file with severities and suppressions. */
  readonly settings: string | undefined;
  /** A file with findings that are accepted. */
  readonly baseline: string | undefined;
  /** A file to record the findings in. */
  readonly writeBaseline: string | undefined;
  /** `gitlab`, for roles that trust one. */
  readonly only: string | undefined;
  /** Issuers known to be GitLab, in addition to those that look like it. */
  readonly issuers: readonly string[];
  /** `2027-01-31` */
  readonly today: string;
}

/**
 * Checks trust policies and prints the findings.
 *
 * @returns the exit code: 0, or 1 where there are findings of `failOn` that nobody accepted, or items that could not be read
 * @throws {ProblemError} for an input that cannot be read, or a flag's value that is none
 */
export async function runLint(options: LintOptions): Promise<number> {
  const fails = failsOn(options.failOn ?? DEFAULT_FAIL_ON);
  const onlyGitlab = isOnlyGitlab(options.only);
  const settings = withoutAudit(await settingsFrom(options.settings));
  const baseline = await baselineFrom(options.baseline);
  const read = withPipeline(await readRoleInputs(options.inputs));
  printNotes(read.notes);
  const judged = judgedRoles(read, options).filter(
    ({ grade }) => !onlyGitlab || grade !== 'not-judged',
  );
  const gated = applyGate(judged, { settings, baseline, today: options.today });
  const { unreadable } = read.inventory;
  const open = gated.roles
    .flatMap(({ findings }) => findings)
    .filter(({ status }) => status === 'open');
  const isRecorded = options.writeBaseline !== undefined;
  const fail = unreadable.length > 0 || (!isRecorded && open.some(fails));
  const roles = withSharedOnce(gated.roles);
  const report = lintReport(options.format, { ...gated, roles, unreadable, ok: !fail });
  if (options.writeBaseline !== undefined) {
    const keys = gated.roles.flatMap(({ key, findings }) =>
      findings
        .filter(({ status }) => status !== 'suppressed')
        .map((finding) => findingKey(finding, key)),
    );
    writePlainFile(options.writeBaseline, baselineText(keys));
  }
  printPieces('stdout', report);
  return fail ? 1 : 0;
}

/** One file of settings serves `lint` and `audit`: what is decided about findings of the other is not unused. */
function withoutAudit(settings: GateSettings): GateSettings {
  return {
    ...settings,
    suppressions: settings.suppressions.filter(({ rule }) => !isAuditRule(rule)),
  };
}

function judgedRoles(
  { inventory, facts }: RoleInputs,
  { issuers, today }: Pick<LintOptions, 'issuers' | 'today'>,
): Judged[] {
  const isGitlab = gitlabIssuers(
    inventory.roles.map(({ trust }) => trust),
    [...(facts.issuers ?? []), ...issuers.map(issuerOfUrl)],
  );
  const estate = estateOf(isGitlab, startOf(today));
  const known = { ...facts, estate, organization: organizationRules(inventory.policies) };
  return inventory.roles.map((role) => {
    const report = lint(role.trust, lintContextOf(role, known));
    return {
      key: role.key,
      name: role.label,
      place: role.trustPlace,
      sharedAs: role.sharedAs,
      ...report,
      findings: placed(report.findings, role),
    };
  });
}

/** @throws {ProblemError} for another word than `gitlab` */
function isOnlyGitlab(only: string | undefined): boolean {
  if (only === undefined || only === 'gitlab') return only !== undefined;
  throw new ProblemError([
    {
      where: '--only',
      what: `${shown(only)} is not a kind of role`,
      fix: 'Use gitlab, for roles that trust a GitLab, or leave it out',
    },
  ]);
}
