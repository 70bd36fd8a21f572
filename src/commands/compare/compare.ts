import {
  compareInventories,
  type Comparison,
  type Totals,
  totalsOf,
} from '../../compare/compare-inventories.ts';
import { readRoleInputs, withPipeline } from '../../repository/policy-inputs.ts';
import { printNotes } from '../../terminal/notes.ts';
import { printTo } from '../../terminal/output.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { startOf } from '../today.ts';
import { comparisonReport } from './formats.ts';

export interface CompareOptions {
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly format: string;
  /** Kinds of differences for which the exit code is 1. */
  readonly failOn: readonly string[];
  /** Issuers known to be GitLab, in addition to those that look like it. */
  readonly issuers: readonly string[];
  /** `2027-01-31` */
  readonly today: string;
}

/** Whether a comparison has differences of a kind. What cannot be excluded counts as a gain, and as a loss. */
const FAILURES: Readonly<Record<string, (totals: Totals, comparison: Comparison) => boolean>> = {
  gain: ({ gains, permissions }) => gains !== 'no' || permissions !== 'no',
  lose: ({ loses }) => loses !== 'no',
  change: ({ changes }) => changes,
  undetermined: ({ gains, loses, permissions }, { roles, unreadable }) =>
    [gains, loses, permissions].includes('undetermined') ||
    roles.some(({ reasons }) => reasons.length > 0) ||
    unreadable.before.length + unreadable.after.length > 0,
};

/**
 * Compares two inputs and prints what becomes different.
 *
 * @returns the exit code: 0, or 1 where there is a difference of a kind in `failOn`
 * @throws {ProblemError} for inputs or flags that will not do
 */
export async function runCompare(options: CompareOptions): Promise<number> {
  const { before, after, format, failOn, issuers, today } = options;
  if (before === undefined || after === undefined)
    throw usage('compare', 'it takes two inputs', 'Give the input before, then the one after');
  if (before === '-' && after === '-')
    throw usage('compare', 'standard input can be read only once', 'Give one of them as a file');
  const tests = failOn.map((kind) => {
    const test = Object.hasOwn(FAILURES, kind) ? FAILURES[kind] : undefined;
    if (test) return test;
    const kinds = Object.keys(FAILURES).join(', ');
    throw usage('--fail-on', `${shown(kind)} is not a kind of difference`, `Use ${kinds}`);
  });
  const read = [await readRoleInputs([before]), await readRoleInputs([after])] as const;
  // A plan or a dump says nothing of them, or says it itself.
  const isOfAnswers = read.every(({ pipeline }) => pipeline !== undefined);
  const [had, has] = isOfAnswers ? [withPipeline(read[0]), withPipeline(read[1])] : read;
  printNotes([had, has].flatMap(({ notes = [] }) => notes));
  const known = [had, has].flatMap(({ facts }) => facts.issuers ?? []);
  const comparison = compareInventories(
    had.inventory,
    has.inventory,
    [...known, ...issuers],
    startOf(today),
  );
  const totals = totalsOf(comparison);
  printTo('stdout', comparisonReport(format, { comparison, totals, before, after }));
  return tests.some((test) => test(totals, comparison)) ? 1 : 0;
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
