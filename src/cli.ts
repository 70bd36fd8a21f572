#!/usr/bin/env node
import { printHelp } from './commands/help/help-in-width.ts';
import { preparedText } from './commands/help/prepared.ts';
import { COMMANDS, isCommandName } from './commands/index.ts';
import { endOnSignals } from './terminal/signals.ts';

/** Runs the command that the arguments name, `create` where they name a folder; each loads only its own part. */
async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--help' || first === '-h') return runCommand('help', []);
  if (isCommandName(first)) {
    const asksHelp = rest.includes('--help') || rest.includes('-h');
    return asksHelp ? runCommand('help', [first]) : runCommand(first, rest);
  }
  if (first !== undefined) {
    const { noCommand, probableCommand } = await import('./commands/unknown-command.ts');
    if (probableCommand(first) !== undefined) throw noCommand(first);
  }
  if (args.includes('--help') || args.includes('-h')) return runCommand('help', ['create']);
  return runCommand('create', args);
}

async function runCommand(name: keyof typeof COMMANDS, args: readonly string[]): Promise<number> {
  const command = await COMMANDS[name]();
  const { readArguments } = await import('./commands/arguments.ts');
  const { values, words } = readArguments(command, args);
  return command.run(values, words);
}

/** What shows a text alone has nothing to undo at a signal. */
function start(args: readonly string[]): Promise<number> {
  const shown = preparedText(args);
  if (shown === undefined) {
    endOnSignals();
    return main(args);
  }
  printHelp(shown);
  return Promise.resolve(0);
}

const args = process.argv.slice(2);
void Promise.resolve(args)
  .then(start)
  .catch(async (error: unknown) => (await import('./terminal/failure.ts')).failure(error, args))
  .then((code) => {
    process.exit(code);
  });
