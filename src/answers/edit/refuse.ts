import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { nearest } from '../../text/nearest.ts';

export function refuse(where: string, what: string, fix: string): never {
  throw new ProblemError([{ where, what, fix }]);
}

/**
 * @param within the account, where it is missing there alone
 * @throws {ProblemError} that says what there is in place of what there is not
 */
export function refuseUnknown(
  kind: string,
  name: string,
  place: string,
  known: readonly string[],
  within = '',
): never {
  const near = nearest(name, known);
  const list =
    known.length > 0
      ? `There is: ${known.slice(0, 5).join(', ')}${known.length > 5 ? ', …' : ''}`
      : 'There is none';
  return refuse(
    `${kind} ${name}`,
    `${place} no ${kind} ${shown(name)}${within}`,
    near === undefined ? list : `Did you mean ${near}?`,
  );
}
