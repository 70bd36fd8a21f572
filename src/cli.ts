#!/usr/bin/env node
import { endOnSignals } from './commands/signals.ts';
import { report } from './commands/terminal.ts';
import { ProblemError } from './problem.ts';
import { VERSION } from './version.ts';

const EXIT_USAGE = 2;
const EXIT_FAULT = 3;
const EXIT_INTERRUPTED = 130;

/** Runs the command that the arguments name; each loads only its own part. */
async function main([first, ...rest]: readonly string[]): Promise<number> {
  switch (first) {
    case '--version':
    case '-v':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case 'explain':
      return (await import('./commands/explain-cli.ts')).explainCli(rest);
    case 'lint':
      return (await import('./commands/lint-cli.ts')).lintCli(rest);
    case 'update':
      return (await import('./commands/update-cli.ts')).updateCli(rest);
    case 'create':
      return (await import('./commands/create-cli.ts')).createCli(rest);
    default:
      return (await import('./commands/create-cli.ts')).createCli(args);
  }
}

const args = process.argv.slice(2);
endOnSignals();
process.exitCode = await main(args).catch((error: unknown) => {
  if (error instanceof Error && error.name === 'ExitPromptError') {
    process.stderr.write('\nInterrupted; nothing was written.\n');
    return EXIT_INTERRUPTED;
  }
  report(error, { json: args.includes('--json'), debug: args.includes('--debug') });
  return error instanceof ProblemError ? EXIT_USAGE : EXIT_FAULT;
});
