#!/usr/bin/env node
import { keepCompiled } from './compile-cache.ts';
import { endOnSignals } from './commands/signals.ts';

/** Runs the command that the arguments name; each loads only its own part. */
async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${(await import('./version.ts')).VERSION}\n`);
    return 0;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write((await import('./commands/help.ts')).helpOf(first));
    return 0;
  }
  keepCompiled();
  switch (first) {
    case 'explain':
      return (await import('./commands/explain-cli.ts')).explainCli(rest);
    case 'lint':
      return (await import('./commands/lint-cli.ts')).lintCli(rest);
    case 'update':
      return (await import('./commands/update-cli.ts')).updateCli(rest);
    case 'add':
    case 'remove':
      return (await import('./commands/edit-cli.ts')).editCli(first, rest);
    case 'create':
      return (await import('./commands/create-cli.ts')).createCli(rest);
    default:
      return (await import('./commands/create-cli.ts')).createCli(args);
  }
}

const args = process.argv.slice(2);
endOnSignals();
void main(args)
  .catch(async (error: unknown) => (await import('./commands/failure.ts')).failure(error, args))
  .then((code) => {
    process.exitCode = code;
  });
