import { ProblemError, type Problem } from '../../../src/text/problem.ts';

/** What a function finds wrong; empty when it finds nothing. */
export function problemsOf(act: () => unknown): readonly Problem[] {
  try {
    act();
    return [];
  } catch (error) {
    // What only flags need is another matter.
    if (error instanceof ProblemError)
      return error.problems.map(({ where, what, fix }) => ({ where, what, fix }));
    throw error;
  }
}

/** How many lines a text takes in a terminal of 80 columns. */
export function linesOnScreen(text: string): number {
  return text
    .trimEnd()
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);
}
