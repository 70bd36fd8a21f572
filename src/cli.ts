#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { endOnSignals } from './commands/signals.ts';
import { report } from './commands/terminal.ts';
import { flagOptions, type FlagValues } from './interview/flags.ts';
import { ProblemError } from './problem.ts';

declare const __VERSION__: string;

const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = await parse(args);
  const { help, version, config, yes, 'dry-run': dryRun, json, ...flags } = values;
  if (help) {
    const { helpText } = await import('./commands/help.ts');
    process.stdout.write(helpText());
    return 0;
  }
  if (version) {
    process.stdout.write(`${__VERSION__}\n`);
    return 0;
  }
  const directories =
    positionals[0] === 'create' && positionals.length > 1 ? positionals.slice(1) : positionals;
  if (directories.length > 1) {
    throw usage(directories[1] ?? '', 'there is one folder too many', 'Give one folder');
  }
  const { create } = await import('./commands/create.ts');
  return create({
    directory: directories[0],
    flags: flags as FlagValues,
    config,
    yes: yes === true,
    dryRun: dryRun === true,
    json: json === true,
  });
}

async function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        ...flagOptions(),
        config: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
        debug: { type: 'boolean' },
        version: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [flag = 'arguments'] = /--[\w-]+/.exec(message) ?? [];
    const { knownMistake } = await import('./answers/shape-problem.ts');
    const known = knownMistake(flag.slice('--'.length).replaceAll('-', '_'));
    if (known) throw new ProblemError([{ where: flag, ...known }]);
    throw usage(flag, message.split('. ')[0] ?? message, 'See --help for the flags there are');
  }
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}

function isInterrupt(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError';
}

const args = process.argv.slice(2);
endOnSignals();
process.exitCode = await main(args).catch((error: unknown) => {
  if (isInterrupt(error)) {
    process.stderr.write('\nInterrupted; nothing was written.\n');
    return EXIT_INTERRUPTED;
  }
  report(error, { json: args.includes('--json'), debug: args.includes('--debug') });
  return error instanceof ProblemError ? EXIT_USAGE : EXIT_USAGE + 1;
});
