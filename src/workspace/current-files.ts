import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { hasWindowsLines, withUnixLines } from './line-endings.ts';
import { linkAt, readPlainFile, refused } from './plain-file.ts';
import { codeOf, writeFailure } from './write-failure.ts';

/** A file as it is in a repository. */
export interface CurrentFile {
  /** With `\n` at the end of lines, whatever the file has. */
  readonly text: string;
  readonly windowsLines: boolean;
  /** Its bytes, to see later whether somebody changed it meanwhile. */
  readonly bytes: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * Reads those of the files that exist.
 *
 * @param paths relative, with `/`
 * @throws {ProblemError} for a link, for anything else that is not a plain file, or for a file that is not text
 */
export function readCurrentFiles(
  root: string,
  paths: Iterable<string>,
): ReadonlyMap<string, CurrentFile> {
  const found = new Map<string, CurrentFile>();
  for (const path of paths) {
    const file = readCurrentFile(root, path);
    if (file) found.set(path, file);
  }
  return found;
}

/** One file, or `undefined` where there is none. @throws {ProblemError} as `readCurrentFiles` does */
export function readCurrentFile(root: string, path: string): CurrentFile | undefined {
  if (!foldersArePlain(root, path)) return undefined;
  const file = readPlainFile(join(root, path));
  if (!file) return undefined;
  const raw = textOf(file.bytes, join(root, path));
  const windowsLines = hasWindowsLines(raw);
  return {
    text: windowsLines ? withUnixLines(raw) : raw,
    windowsLines,
    bytes: file.bytes,
    mode: file.stats.mode & 0o7777,
  };
}

/**
 * Whether all folders above a file are there. A link could lead out of the repository, so none is followed.
 *
 * @throws {ProblemError} for a link or a file in a folder's place
 */
function foldersArePlain(root: string, path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  for (const [index] of folders.entries()) {
    const here = join(root, ...folders.slice(0, index + 1));
    const stats = lstat(here);
    if (!stats) return false;
    if (stats.isSymbolicLink()) throw linkAt(here);
    if (!stats.isDirectory()) {
      throw refused(here, 'it is not a folder', 'Move it away: a folder is generated there');
    }
  }
  return true;
}

/** What is at a path, links not followed. @throws {ProblemError} where that cannot be seen */
export function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw writeFailure(path, error, 'Make it readable, then run this again');
  }
}

function textOf(bytes: Buffer, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused(where, 'it is not text in UTF-8', 'Save it as UTF-8, or restore it from git');
  }
}
