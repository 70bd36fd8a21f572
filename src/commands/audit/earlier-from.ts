import { pathText } from '../../answers/path.ts';
import type { ComparedReport } from '../../audit/map/changes.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { readJson } from '../../text/json-text.ts';
import { ProblemError } from '../../text/problem.ts';

/** Reads what `--compare` names. @throws {ProblemError} where it cannot be read, is not a report, or is given for another format */
export async function earlierFrom({
  compare: file,
  format,
}: {
  readonly compare: string | undefined;
  readonly format: string;
}): Promise<ComparedReport | undefined> {
  if (file === undefined) return undefined;
  if (format !== 'html')
    throw new ProblemError([
      {
        where: '--compare',
        what: 'only the access map shows a comparison',
        fix: 'Add --format html',
      },
    ]);
  const read = readJson(await readFlagText(file, '--compare'));
  if ('flaw' in read)
    throw new ProblemError([
      {
        where: file,
        what: `the earlier report ${read.flaw}`,
        fix: 'Give a file that audit --json wrote',
      },
    ]);
  const { readEarlierReport } = await import('../../audit/map/earlier.ts');
  return readEarlierReport(read.json, (path) =>
    path.length === 0 ? file : `${file}: ${pathText(path)}`,
  );
}
