import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import type { Finding, Severity } from '../rule.ts';
import { ruleNamed } from './rule-named.ts';

/** Whether a finding makes a check fail. */
export type Fails = (finding: Pick<Finding, 'id' | 'severity'>) => boolean;

/** From the least to the worst. What cannot be determined may be an error. */
const SEVERITIES: readonly Severity[] = ['warning', 'undetermined', 'error'];

/** What fails where nobody says: errors, and what cannot be determined. */
export const DEFAULT_FAIL_ON: readonly string[] = ['undetermined'];

/**
 * What fails a check: a severity, with everything worse, or a rule by its id or name.
 *
 * @param texts each one of them, or several with commas between
 * @throws {ProblemError} for a text that is neither
 */
export function failsOn(texts: readonly string[]): Fails {
  const words = texts.flatMap((text) => text.split(',').map((word) => word.trim()));
  const tests = words.map((word): Fails => {
    const least = SEVERITIES.findIndex((severity) => severity === word);
    if (least >= 0) return ({ severity }) => SEVERITIES.indexOf(severity) >= least;
    const named = ruleNamed(word);
    if ('rule' in named) return ({ id }) => id === named.rule.id;
    throw new ProblemError([
      {
        where: '--fail-on',
        what: `${shown(word)} is neither a severity nor a rule`,
        fix: `Use ${SEVERITIES.join(', ')}, or the id or name of a rule of lint --rules`,
      },
    ]);
  });
  return (finding) => tests.some((test) => test(finding));
}
