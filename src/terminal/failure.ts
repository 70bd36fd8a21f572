import { printTo } from './output.ts';
import { ProblemError } from '../text/problem.ts';
import { report } from './report.ts';

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
    printTo('stderr', '\nInterrupted; nothing was written.\n');
    return EXIT_INTERRUPTED;
  }
  report(error, { json: args.includes('--json'), debug: args.includes('--debug') });
  return error instanceof ProblemError ? EXIT_USAGE : EXIT_FAULT;
}
