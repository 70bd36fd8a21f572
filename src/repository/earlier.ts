import { isDeepStrictEqual } from 'node:util';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import { migrateAnswers } from '../answers/migrate.ts';
import { completeAnswers, readAnswersText } from '../answers/read.ts';
import type { Answers } from '../answers/schema.ts';
import { blueprintOf } from '../blueprint/build.ts';
import { type Placement, placementOf } from '../blueprint/parts/placement.ts';
import { ProblemError } from '../text/problem.ts';
import type { LockFile } from './lock.ts';

/**
 * What follows from previous answers.
 *
 * @returns `undefined` where they do not suit this version
 */
export function earlier<T>(text: string, decide: (answers: Answers) => T): T | undefined {
  try {
    const { draft } = readAnswersText(migrateAnswers(text), ANSWERS_FILE);
    return decide(completeAnswers(draft));
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** Which part of its role everything is in, as an update would keep it. */
export function placementOfLock({ answers, placement }: LockFile, now: Answers): Placement {
  if (isDeepStrictEqual(answers, now)) return placement;
  const before = earlier(JSON.stringify(answers), (had) => blueprintOf(had, placement));
  return before ? placementOf(before) : placement;
}
