import { audit } from '../../audit/audit.ts';
import { readEstate } from '../../audit/estate/read-estate.ts';
import { mapPage } from '../../audit/map/map-page.ts';
import { reportOf } from '../../audit/report-of.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import { NO_SETTINGS } from '../../lint/gate/settings.ts';
import { printNotes } from '../../terminal/notes.ts';
import { printTo } from '../../terminal/output.ts';
import { ProblemError } from '../../text/problem.ts';
import { startOf, today } from '../today.ts';

/** As `audit` has it; a repository does not know when its roles were used. */
const UNUSED_DAYS = 90;

/**
 * Prints the access map of a repository or of policies: what `audit` shows of them, with every finding.
 *
 * @param issuer a GitLab that does not look like one
 * @param asked the other flags, which ask about one role or job
 * @returns 0, or 1 where an item could not be read
 * @throws {ProblemError} for an input that cannot be read, and for a flag that does not go with a page of everything
 */
export async function explainMap(
  inputs: readonly string[],
  issuer: string | undefined,
  asked: Readonly<Record<string, unknown>>,
): Promise<number> {
  const [flag] = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [name],
  );
  if (flag !== undefined)
    throw new ProblemError([
      {
        where: `--${flag}`,
        what: 'the access map shows everything, and is searched in the browser',
        fix: `Leave out --${flag}, or choose another format`,
      },
    ]);
  const day = today();
  const estate = await readEstate(
    inputs,
    issuer === undefined ? [] : [issuerOfUrl(issuer)],
    undefined,
    undefined,
    startOf(day),
  );
  printNotes(estate.notes);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: day };
  const result = audit(estate, gate, { today: day, unusedDays: UNUSED_DAYS });
  const isRead = estate.unreadable.length === 0;
  printTo('stdout', mapPage(reportOf(result, isRead), undefined));
  return isRead ? 0 : 1;
}
