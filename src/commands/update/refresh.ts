import { printNotes } from '../../terminal/notes.ts';
import { fitted, printTo } from '../../terminal/output.ts';
import { applyChange } from '../../answers/edit/apply-change.ts';
import { migrateAnswers } from '../../answers/migrate.ts';
import { completeAnswers, readAnswersText } from '../../answers/read.ts';
import { refresh } from '../../answers/refresh/refresh.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { GitlabFault } from '../../gitlab/api/fault.ts';
import { openGitlab } from '../../gitlab/api/open.ts';
import { ProblemError } from '../../text/problem.ts';
import { readCurrentFile } from '../../workspace/current-files.ts';
import { gitlabToken } from '../gitlab-token.ts';
import { findingsText } from '../create/findings-text.ts';
import { trustedCas } from '../../network/trusted-cas.ts';
import { type EditAnswers, repositoryRoot } from '../../repository/prepare-update.ts';
import type { UpdateOptions } from './update.ts';

/**
 * Asks GitLab about a repository's answers, tells what it says, and gives the edit that follows.
 *
 * @param caFile of `--ca-file`
 * @throws {ProblemError} without a token, where GitLab cannot be asked, or for answers that will not do
 */
export async function refreshed(
  { directory }: UpdateOptions,
  caFile: string | undefined,
): Promise<EditAnswers> {
  const text = migrateAnswers(readCurrentFile(repositoryRoot(directory), ANSWERS_FILE)?.text ?? '');
  const { draft, locate } = readAnswersText(text, ANSWERS_FILE);
  const answers = completeAnswers(draft, locate);
  const gitlab = await openGitlab({
    url: answers.gitlab.url,
    token: await gitlabToken(answers.gitlab.url, 'refresh'),
    ca: await trustedCas(caFile),
    environment: process.env,
  });
  try {
    const { changes, notes, findings } = await refresh(answers, gitlab);
    // Standard output is for what was asked of update, which may be JSON.
    printNotes(notes);
    if (notes.length > 0) printTo('stderr', '\n');
    printTo('stderr', fitted(findingsText(findings, answers.gitlab.url), 'stderr'));
    return (now) => changes.reduce(applyChange, now);
  } catch (error) {
    if (error instanceof GitlabFault)
      throw new ProblemError([{ where: '--refresh', ...error.flaw }]);
    throw error;
  }
}
