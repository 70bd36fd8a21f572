import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { ProblemError } from '../text/problem.ts';
import { linkAt, refused } from './plain-file.ts';
import { codeOf, writeFailure } from './write-failure.ts';

/** Windows has neither flag. */
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;
const NO_WAIT = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

/**
 * Writes a file that a flag names. A link in its place, which a repository from elsewhere may hold, is not followed.
 *
 * @throws {ProblemError} naming the file, where it is not a plain one or cannot be written
 */
export function writePlainFile(path: string, text: string): void {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_WRONLY | constants.O_CREAT | NO_FOLLOW | NO_WAIT);
    if (!fstatSync(file).isFile()) throw notPlain(path);
    ftruncateSync(file);
    writeFileSync(file, text);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = codeOf(error) ?? '';
    if (code === 'ELOOP' || code === 'EMLINK') throw linkAt(path);
    if (code === 'ENXIO' || code === 'ENODEV') throw notPlain(path);
    throw writeFailure(path, error, 'Name a file that can be written');
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function notPlain(path: string): ProblemError {
  return refused(path, 'it is not a plain file', 'Name another file');
}
