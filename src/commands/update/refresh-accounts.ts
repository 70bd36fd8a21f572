import { applyChange } from '../../answers/edit/apply-change.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { migrateAnswers } from '../../answers/migrate.ts';
import { completeAnswers, readAnswersText } from '../../answers/read.ts';
import { refreshAccounts } from '../../answers/refresh/accounts.ts';
import { listAccounts } from '../../aws/organization/list-accounts.ts';
import { partitionIn } from '../../interview/accounts/found-accounts.ts';
import { type EditAnswers, repositoryRoot } from '../../repository/prepare-update.ts';
import { printNotes } from '../../terminal/notes.ts';
import { printTo } from '../../terminal/output.ts';
import { ProblemError } from '../../text/problem.ts';
import { readCurrentFile } from '../../workspace/current-files.ts';
import type { UpdateOptions } from './update.ts';

/**
 * Asks AWS Organizations about the accounts of a repository, reports what has changed, and gives the edit that follows.
 *
 * @throws {ProblemError} where the answers do not say which accounts are meant, or AWS cannot be asked
 */
export async function refreshedAccounts({ directory }: UpdateOptions): Promise<EditAnswers> {
  const text = migrateAnswers(readCurrentFile(repositoryRoot(directory), ANSWERS_FILE)?.text ?? '');
  const { draft, locate } = readAnswersText(text, ANSWERS_FILE);
  const answers = completeAnswers(draft, locate);
  const source = answers.accounts_from;
  if (!source) {
    throw new ProblemError([
      {
        where: '--refresh-accounts',
        what: 'the answers do not say which accounts of the organization are meant',
        fix: 'Add accounts_from with source: organization, and organizational_units or tags if not all are meant',
      },
    ]);
  }
  const listed = await listAccounts(
    { organizationalUnits: source.organizational_units, tags: source.tags },
    partitionIn(answers.aws, process.env),
    process.env,
  );
  const { changes, notes } = refreshAccounts(answers, listed);
  // Standard output is for what was asked of update, which may be JSON.
  printNotes(notes);
  if (notes.length > 0) printTo('stderr', '\n');
  return (now) => changes.reduce(applyChange, now);
}
