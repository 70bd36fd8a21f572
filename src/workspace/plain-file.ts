import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { ProblemError } from '../text/problem.ts';
import { codeOf, writeFailure } from './write-failure.ts';

/** The largest file that is read, in MB, unless the caller says otherwise. A generated file of a thousand roles is below this. */
const MOST = 16;
const MEGABYTE = 1024 * 1024;

interface PlainFile {
  readonly bytes: Buffer;
  readonly stats: Stats;
}

/**
 * Reads a file that may be anything: a repository from elsewhere can have a link, a FIFO or a device in its place.
 * Opening it follows no link and waits for nobody, and what was opened is what is looked at.
 *
 * @returns `undefined` where there is nothing
 * @throws {ProblemError} naming the file, unless it is a plain file of at most so many MB that can be read
 */
export function readPlainFile(path: string, most = MOST): PlainFile | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    const stats = fstatSync(file);
    if (!stats.isFile()) throw notPlain(path);
    if (stats.size > most * MEGABYTE) {
      throw refused(
        path,
        `it has more than ${most} MB`,
        'Move it away: a generated file is smaller',
      );
    }
    return { bytes: readAll(file, stats.size), stats };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = codeOf(error) ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (LINK_CODES.includes(code)) throw linkAt(path);
    // Opening a socket gives ENXIO, and so does a device without a driver.
    if (code === 'ENXIO' || code === 'ENODEV') throw notPlain(path);
    throw writeFailure(path, error, 'Make it readable, then run this again');
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Windows has neither flag, and no FIFO that a repository could carry. */
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;
const NO_WAIT = (constants as Partial<typeof constants>).O_NONBLOCK ?? 0;

/** What Linux and macOS, and what FreeBSD says of a link that is not followed. */
const LINK_CODES: readonly string[] = ['ELOOP', 'EMLINK'];

/** At most as many bytes as the file had when it was opened: it may grow for ever. */
function readAll(file: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let at = 0;
  while (at < size) {
    const count = readSync(file, bytes, at, size - at, null);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}

/** The problem of a link where a plain file or folder is expected. */
export function linkAt(path: string): ProblemError {
  return refused(path, 'it is a symbolic link', 'Put a plain file or folder in its place');
}

function notPlain(path: string): ProblemError {
  return refused(path, 'it is not a plain file', 'Move it away: a file is generated there');
}

/** One problem of one file. */
export function refused(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
