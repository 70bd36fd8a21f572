import { answersIn, type AnswersFile } from '../complete.ts';
import { readPlainYaml } from './plain.ts';

/**
 * Reads the text of an answers file; the library for YAML is loaded only for a text that needs it.
 *
 * @throws {ProblemError} when it is not YAML, not a mapping, or holds a number that is not kept as written
 */
export async function readAnswersFile(text: string, file: string): Promise<AnswersFile> {
  const content =
    readPlainYaml(text, file) ?? (await import('./yaml-text.ts')).readYaml(text, file);
  return answersIn(content, file);
}
