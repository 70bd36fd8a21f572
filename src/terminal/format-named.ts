import { ProblemError } from '../text/problem.ts';

/**
 * The writer of a format.
 *
 * @throws {ProblemError} for a format there is not
 */
export function formatNamed<Writer>(
  formats: Readonly<Record<string, Writer>>,
  name: string,
): Writer {
  const writer = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (writer !== undefined) return writer;
  throw noFormat(name, `Use one of ${Object.keys(formats).join(', ')}`);
}

/** The problem of a format there is not. */
export function noFormat(name: string, fix: string): ProblemError {
  return new ProblemError([{ where: '--format', what: `there is no format ${name}`, fix }]);
}
