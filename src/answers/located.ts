import type { AnswersFile } from './read.ts';
import { ProblemError, type Problem } from '../text/problem.ts';

/** Problems of answers have the names that a person knows, each once. */
export function named<T>(name: (problem: Problem) => Problem, decide: () => T): T {
  try {
    return decide();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const all = error.problems.map(name);
    throw new ProblemError([
      ...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values(),
    ]);
  }
}

/** Problems found in a file's answers name its line. */
export function located<T>(file: AnswersFile | undefined, decide: () => T): T {
  return file
    ? named((problem) => ({ ...problem, where: file.locate(problem.where) }), decide)
    : decide();
}
