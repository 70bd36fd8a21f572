import { answersIn, type AnswersFile } from './complete.ts';
import { readYaml } from './yaml/yaml-text.ts';

export { completeAnswers, type AnswersFile, type Draft } from './complete.ts';

/**
 * Reads the text of an answers file.
 *
 * @throws {ProblemError} when it is not YAML, not a mapping, or holds a number that is not kept as written
 */
export function readAnswersText(text: string, file: string): AnswersFile {
  return answersIn(readYaml(text, file), file);
}
