import type { AnswersFile } from './read.ts';
import { ProblemError } from '../text/problem.ts';

/** Problems found in a file's answers name its line. */
export function located<T>(file: AnswersFile | undefined, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (!file || !(error instanceof ProblemError)) throw error;
    throw new ProblemError(
      error.problems.map((problem) => ({ ...problem, where: file.locate(problem.where) })),
    );
  }
}
