import { answersIn, type AnswersFile } from '../complete.ts';

/**
 * Reads the text of an answers file; the library for YAML is loaded only where there is one.
 *
 * @throws {ProblemError} when it is not YAML, not a mapping, or holds a number that is not kept as written
 */
export async function readAnswersFile(text: string, file: string): Promise<AnswersFile> {
  const { readYaml } = await import('./yaml-text.ts');
  return answersIn(readYaml(text, file), file);
}
