import { parseArgs, type ParseArgsConfig } from 'node:util';
import { knownMistake } from '../answers/known-mistakes.ts';
import { shown } from '../text/flaw.ts';
import { nearest } from '../text/nearest.ts';
import { ProblemError } from '../text/problem.ts';
import { COMMON_FLAGS, type Command, type Flags, type ArgumentValues } from './record.ts';

/**
 * Reads a command's arguments as its record says.
 *
 * @throws {ProblemError} for a flag that it does not have, a flag without its value, or a word too many
 */
export function readArguments(
  command: Command,
  args: readonly string[],
): { values: ArgumentValues; words: readonly string[] } {
  const flags = { ...command.flags, ...flagsFor(command, args[0]), ...COMMON_FLAGS };
  const { values, positionals } = parsed(command, args, flags);
  const surplus = positionals[command.arguments.length];
  const last = command.arguments.at(-1);
  if (surplus !== undefined && !command.arguments.at(-1)?.many) {
    const what = last
      ? `expected one ${last.name}, got ${positionals.length - command.arguments.length + 1}`
      : `${command.name} takes no arguments`;
    throw usage(surplus, what, last ? `Give one ${last.name}` : 'Leave it out');
  }
  return { values, words: positionals };
}

/** The flags that a first word brings with it. @throws {ProblemError} for a word that it may not be */
function flagsFor({ name, arguments: [first], flagsOf = {} }: Command, word: string | undefined) {
  const words = first?.oneOf;
  if (!words) return {};
  if (word !== undefined && words.includes(word)) return flagsOf[word] ?? {};
  throw usage(
    name,
    word === undefined ? `it is not known what to ${name}` : `${shown(word)} is not one of them`,
    `Use ${name} with one of ${words.join(', ')}; see ${name} --help`,
  );
}

function parsed({ name }: Command, args: readonly string[], flags: Flags) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: Object.fromEntries(Object.entries(flags).map(([flag, one]) => [flag, option(one)])),
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [flag = 'arguments'] = /--[\w-]+/.exec(message) ?? [];
    const word = flag.slice('--'.length);
    const known = knownMistake(word.replaceAll('-', '_'));
    if (known) {
      const { what, fix, flagFix = fix } = known;
      throw usage(flag, what, flagFix);
    }
    const meant = message.startsWith('Unknown option')
      ? nearest(word, Object.keys(flags))
      : undefined;
    if (message.startsWith('Option') && flags[word]?.value !== undefined) {
      const what = 'its value is missing, or begins with a dash';
      throw usage(flag, what, `Give it as ${flag}=${flags[word].value}`);
    }
    throw usage(
      flag,
      message.split(/\.\s/)[0] ?? message,
      meant === undefined ? `See ${name} --help for its flags` : `Use --${meant}`,
    );
  }
}

function option({
  value,
  many,
  short,
}: Flags[string]): NonNullable<ParseArgsConfig['options']>[string] {
  return {
    type: value === undefined ? 'boolean' : 'string',
    multiple: many ?? false,
    ...(short === undefined ? {} : { short }),
  };
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
