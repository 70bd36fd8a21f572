import { shown } from './flaw.ts';
import { ProblemError } from './problem.ts';

/**
 * Splits the value of a flag that is written as `NAME=VALUE`.
 *
 * @param flag the flag, for the error
 * @throws {ProblemError} where there is no name or no `=`
 */
export function nameAndValue(text: string, flag: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) {
    const fix = 'Give it as NAME=VALUE';
    throw new ProblemError([{ where: flag, what: `${shown(text)} has no =`, fix }]);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The values of a flag that is written as `NAME=VALUE` and may be given several times.
 *
 * @throws {ProblemError} where one has no name or no `=`
 */
export function namesAndValues(
  texts: readonly string[] | undefined,
  flag: string,
): Record<string, string> | undefined {
  return texts && Object.fromEntries(texts.map((text) => nameAndValue(text, flag)));
}
