import { shown } from './flaw.ts';
import { ProblemError } from './problem.ts';

/**
 * Splits the value of a flag that is written as `KEY=VALUE`.
 *
 * @param flag the flag, for the error
 * @param form how its value is written
 * @throws {ProblemError} where there is no name or no `=`
 */
export function nameAndValue(
  text: string,
  flag: string,
  form = 'KEY=VALUE',
): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) {
    const what = `${shown(text)} has ${at < 0 ? 'no =' : 'nothing before ='}`;
    throw new ProblemError([{ where: flag, what, fix: `Give it as ${form}` }]);
  }
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The values of a flag that is written as `KEY=VALUE` and may be given several times.
 *
 * @throws {ProblemError} where one has no name or no `=`, or a name has two values
 */
export function namesAndValues(
  texts: readonly string[] | undefined,
  flag: string,
): Record<string, string> | undefined {
  if (texts === undefined) return undefined;
  const pairs = texts.map((text) => nameAndValue(text, flag));
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    const what = `${shown(twice)} is given twice`;
    throw new ProblemError([{ where: flag, what, fix: 'Leave one out' }]);
  }
  return Object.fromEntries(pairs);
}
