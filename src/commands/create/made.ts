import { isDeepStrictEqual } from 'node:util';
import { named } from '../../answers/located.ts';
import { completeAnswers, type AnswersFile, type Draft } from '../../answers/complete.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { blueprintOf } from '../../blueprint/build.ts';
import type { Problem } from '../../text/problem.ts';
import type { Files } from '../../render/files.ts';
import { renderRepository } from '../../repository/render.ts';

/** A repository that is not written yet. */
export interface Made {
  readonly blueprint: Blueprint;
  readonly files: Files;
}

/** An answers file with its text, which is kept where nothing was added. */
export type GivenFile = AnswersFile & { readonly text: string };

/**
 * @param name names a problem as the person gave the answer
 * @throws {ProblemError} with everything that is wrong with the answers
 */
export async function makeRepository(
  draft: Draft,
  file: GivenFile | undefined,
  name: (problem: Problem) => Problem,
): Promise<Made> {
  const answers = named(name, () => completeAnswers(draft));
  const blueprint = named(name, () => blueprintOf(answers));
  if (file !== undefined && isDeepStrictEqual(draft, file.draft))
    return { blueprint, files: renderRepository(blueprint, answers, file.text) };
  const { answersText } = await import('../../answers/write.ts');
  return { blueprint, files: renderRepository(blueprint, answers, answersText(answers)) };
}
