#!/usr/bin/env node
import { printTo } from './terminal/output.ts';
import { endOnSignals } from './terminal/signals.ts';
import { VERSION } from './version.ts';

type Run = (args: readonly string[]) => Promise<number>;

const COMMANDS = {
  create: async (args) => (await import('./commands/create/command.ts')).createCli(args),
  explain: async (args) => (await import('./commands/explain/command.ts')).explainCli(args),
  lint: async (args) => (await import('./commands/lint/command.ts')).lintCli(args),
  doctor: async (args) => (await import('./commands/doctor/command.ts')).doctorCli(args),
  update: async (args) => (await import('./commands/update/command.ts')).updateCli(args),
  add: async (args) => (await import('./commands/edit/command.ts')).editCli('add', args),
  remove: async (args) => (await import('./commands/edit/command.ts')).editCli('remove', args),
} satisfies Record<string, Run>;

function isCommand(word: string | undefined): word is keyof typeof COMMANDS {
  return word !== undefined && Object.hasOwn(COMMANDS, word);
}

/** Runs the command that the arguments name; each loads only its own part. */
async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') {
    printTo('stdout', `${VERSION}\n`);
    return 0;
  }
  if (args.includes('--help') || args.includes('-h')) {
    printTo('stdout', (await import('./commands/help.ts')).helpOf(first));
    return 0;
  }
  const [command, own] = isCommand(first) ? [first, rest] : (['create', args] as const);
  return COMMANDS[command](own);
}

const args = process.argv.slice(2);
endOnSignals();
void main(args)
  .catch(async (error: unknown) => (await import('./terminal/failure.ts')).failure(error, args))
  .then((code) => {
    process.exit(code);
  });
