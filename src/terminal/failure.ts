import { ProblemError } from '../text/problem.ts';
import { report } from './report.ts';
import { reportInterruption } from './signals.ts';

const EXIT_USAGE = 2;
const EXIT_FAULT = 3;
const EXIT_INTERRUPTED = 130;

/**
 * Tells what ended the program.
 *
 * @param args the program's arguments
 * @returns the exit code
 */
export function failure(error: unknown, args: readonly string[]): number {
  if (error instanceof Error && error.name === 'ExitPromptError') {
    reportInterruption();
    return EXIT_INTERRUPTED;
  }
  report(error, { json: isForPrograms(args), debug: args.includes('--debug') });
  return error instanceof ProblemError ? EXIT_USAGE : EXIT_FAULT;
}

/** Whether the result is read by a program: `--json`, or `--format json`, which is the same. */
function isForPrograms(args: readonly string[]): boolean {
  const format = args.findIndex((arg) => arg === '--format');
  return (
    args.includes('--json') ||
    args.includes('--format=json') ||
    (format >= 0 && args[format + 1] === 'json')
  );
}
