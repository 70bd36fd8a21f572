import { setFlagsFromString } from 'node:v8';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { audit, openFindings } from '../../audit/audit.ts';
import type { AuditedEstate } from '../../audit/estate/estate.ts';
import { readEstate } from '../../audit/estate/read-estate.ts';
import type { KnownGitlab } from '../../audit/gitlab/known.ts';
import { reportOf } from '../../audit/report-of.ts';
import { baselineText, findingKey } from '../../lint/gate/baseline.ts';
import { DEFAULT_FAIL_ON, failsOn } from '../../lint/gate/fail-on.ts';
import { printNotes } from '../../terminal/notes.ts';
import { fitted, printPieces } from '../../terminal/output.ts';
import { formatNamed } from '../../terminal/format-named.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { writePlainFile } from '../../workspace/write-plain-file.ts';
import { baselineFrom, settingsFrom } from '../gate-files.ts';
import { type GitlabAddress, gitlabAddress, type GitlabFlags } from './gitlab-address.ts';
import { detailsText } from './details.ts';
import { earlierFrom } from './earlier-from.ts';
import { FORMATS } from './formats.ts';
import { askAws } from './live.ts';
import { showAsked, showDumps } from './progress.ts';
import { startOf } from '../today.ts';
import { type AuditQuestion, questionOf } from './question.ts';

export interface AuditCommandOptions extends GitlabFlags {
  readonly inputs: readonly string[];
  /** Whether to ask AWS for the caller's account. */
  readonly live: boolean;
  /** A role to assume in each account of the caller's organization. */
  readonly organization: string | undefined;
  /** Whether to ask again for accounts that an earlier run had read. */
  readonly fresh: boolean;
  readonly format: string;
  readonly role: string | undefined;
  readonly project: string | undefined;
  /** A number, as it was given. */
  readonly unusedDays: string;
  /** Severities and rules for which the exit code is 1. */
  readonly failOn: readonly string[] | undefined;
  /** A file with severities and suppressions. */
  readonly settings: string | undefined;
  /** A file with findings that are accepted. */
  readonly baseline: string | undefined;
  /** A file to record the findings in. */
  readonly writeBaseline: string | undefined;
  /** A file with an earlier report in JSON. */
  readonly compare: string | undefined;
  /** Issuers known to be GitLab. */
  readonly issuers: readonly string[];
  /** `2027-01-31` */
  readonly today: string;
}

/** V8 collects garbage when it is a fifth of what is in use: by its own measure, memory grew with each dump that was given up. */
const KEEP_LITTLE = '--heap-growing-percent=20';

/**
 * Audits an estate and prints the report.
 *
 * @returns the exit code: 0, or 1 where there are findings of `failOn` that nobody accepted, or items or accounts that could not be read
 * @throws {ProblemError} for an input that cannot be read, or a flag's value that is none
 */
export async function runAudit(options: AuditCommandOptions): Promise<number> {
  setFlagsFromString(KEEP_LITTLE);
  const { today } = options;
  const fails = failsOn(options.failOn ?? DEFAULT_FAIL_ON);
  const write = formatNamed(FORMATS, options.format);
  const unusedDays = daysOf(options.unusedDays);
  const settings = await settingsFrom(options.settings);
  const baseline = await baselineFrom(options.baseline);
  const earlier = await earlierFrom(options);
  const address = gitlabAddress(options);
  const issuers = [...options.issuers.map(issuerOfUrl), ...(address ? [address.issuer] : [])];
  const live = await askAws(options, process.env);
  const estate = await readEstate(options.inputs, issuers, live, showDumps(), startOf(today));
  const gitlab = address && (await askedGitlab(address, options, estate));
  const result = audit(
    estate,
    { settings, baseline, today },
    { today, unusedDays, ...(gitlab && { gitlab }) },
  );
  const isRecorded = options.writeBaseline !== undefined;
  const fail =
    estate.unreadable.length > 0 || (!isRecorded && openFindings(result).some((one) => fails(one)));
  const report = reportOf(result, !fail);
  const question: AuditQuestion | undefined = questionOf(report, options);
  if (question && options.format !== 'text')
    throw new ProblemError([
      {
        where: question.kind === 'role' ? '--role' : '--project',
        what: `the format ${shown(options.format)} is always of the whole report`,
        fix: 'Leave out --format',
      },
    ]);
  if (options.writeBaseline !== undefined) {
    const keys = result.gated.roles.flatMap(({ key, findings }) =>
      findings
        .filter(({ status }) => status !== 'suppressed')
        .map((finding) => findingKey(finding, key)),
    );
    writePlainFile(options.writeBaseline, baselineText(keys));
  }
  // The whole report in text has the notes itself.
  const notes = question === undefined && options.format === 'text' ? [] : estate.notes;
  printNotes(notes);
  printPieces(
    'stdout',
    question ? [fitted(detailsText(report, question))] : await write(report, earlier),
  );
  return fail ? 1 : 0;
}

/** Loaded only where GitLab is asked. */
async function askedGitlab(
  address: GitlabAddress,
  flags: GitlabFlags,
  estate: AuditedEstate,
): Promise<KnownGitlab> {
  const { askGitlab } = await import('./ask-gitlab.ts');
  return askGitlab(address, flags, estate, showAsked());
}

/** @throws {ProblemError} for anything but a whole number of days */
function daysOf(text: string): number {
  const days = Number(text);
  if (/^\d{1,4}$/.test(text) && days > 0) return days;
  throw new ProblemError([
    {
      where: '--unused-days',
      what: `${shown(text)} is not a number of days`,
      fix: 'Give a whole number from 1 to 9999, such as 90',
    },
  ]);
}
