import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../text/problem.ts';
import { codeOf, writeFailure } from './write-failure.ts';
import { hasWindowsLines, withUnixLines } from './line-endings.ts';

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
 * Reads those of the files that are there.
 *
 * @param paths relative, with `/`
 * @throws {ProblemError} for a link, a folder in a file's place, or a file that is no text
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
  const stats = plainFile(root, path);
  if (!stats) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, path));
  } catch (error) {
    throw writeFailure(join(root, path), error, 'Make it readable, then run this again');
  }
  const raw = textOf(bytes, join(root, path));
  return {
    text: hasWindowsLines(raw) ? withUnixLines(raw) : raw,
    windowsLines: hasWindowsLines(raw),
    bytes,
    mode: stats.mode & 0o7777,
  };
}

/** A link could lead out of the repository, so none is followed. */
function plainFile(root: string, path: string): Stats | undefined {
  const parts = path.split('/');
  for (const [index] of parts.entries()) {
    const here = join(root, ...parts.slice(0, index + 1));
    const stats = lstat(here);
    if (!stats) return undefined;
    const last = index === parts.length - 1;
    if (stats.isSymbolicLink()) {
      throw refused(here, 'it is a symbolic link', 'Put a plain file or folder in its place');
    }
    if (last && !stats.isFile()) {
      throw refused(here, 'it is not a plain file', 'Move it away: a file is generated there');
    }
    if (!last && !stats.isDirectory()) {
      throw refused(here, 'it is a file', 'Move it away: a folder is generated there');
    }
    if (last) return stats;
  }
  return undefined;
}

function lstat(path: string): Stats | undefined {
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

function refused(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
