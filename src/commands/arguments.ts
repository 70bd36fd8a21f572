import { parseArgs, type ParseArgsConfig } from 'node:util';
import { knownMistake } from '../answers/known-mistakes.ts';
import { ProblemError } from '../text/problem.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's arguments.
 *
 * @typeParam Flags what `options` makes of them; `parseArgs` cannot tell for options made at run time
 * @throws {ProblemError} for a flag that there is not, or without its value
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the flags
export function parseArguments<Flags>(
  args: readonly string[],
  options: Options,
): { flags: Flags; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: { debug: { type: 'boolean' }, ...options },
    });
    return { flags: values as Flags, positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [flag = 'arguments'] = /--[\w-]+/.exec(message) ?? [];
    const known = knownMistake(flag.slice('--'.length).replaceAll('-', '_'));
    if (known) throw new ProblemError([{ where: flag, ...known }]);
    throw usage(flag, message.split('. ')[0] ?? message, 'See --help for the flags there are');
  }
}

/** The only positional argument. @throws {ProblemError} when there are more */
export function onlyArgument(positionals: readonly string[], kind: string): string | undefined {
  const [only, surplus] = positionals;
  if (surplus !== undefined)
    throw usage(surplus, `there is one ${kind} too many`, `Give one ${kind}`);
  return only;
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
