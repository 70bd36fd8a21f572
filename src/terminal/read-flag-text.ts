import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

import { shown } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';

/** More than any token, set of claims or answers file has. Bytes. */
const MOST = 16 * 1024 * 1024;

/** How long a pipe is waited for that nobody writes to, and between two looks at one. Milliseconds. */
const PATIENCE = 5000;
const PAUSE = 20;

/**
 * Reads what a flag names: a file, a pipe such as `<(command)`, or `-` for standard input. A pipe is read without
 * blocking, since a process that blocks in it would not end on a signal.
 *
 * @throws {ProblemError} where it cannot be read or has more than 16 MB
 */
export async function readFlagText(path: string, flag: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of path === '-' ? process.stdin : piecesOf(path)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > MOST)
        throw problem(flag, `${shown(path)} has more than 16 MB`, 'Name another file');
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const fix = 'Name a file that can be read, or - for standard input';
    throw problem(flag, `${shown(path)} cannot be read (${code})`, fix);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Bytes. */
const PIECE = 65_536;
const LARGEST_PIECE = 67_108_864;

/** What a file or a pipe holds, piece by piece; a pipe that nobody writes to is empty after five seconds. */
export async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    const isFile = found.isFile();
    // One more byte than it holds, so that a whole file is one piece and its end is seen at once.
    const most = isFile ? Math.min(Math.max(found.size + 1, PIECE), LARGEST_PIECE) : PIECE;
    const end = Date.now() + PATIENCE;
    let begun = false;
    for (;;) {
      const buffer = Buffer.allocUnsafe(most);
      const length = readSome(file, buffer);
      if (length !== undefined && length > 0) {
        begun = true;
        yield buffer.subarray(0, length);
      } else if (length === 0 && (isFile || begun || Date.now() > end)) return;
      else {
        // Few inputs are waited for, and Node's module takes its time to load.
        const { setTimeout: sleep } = await import('node:timers/promises');
        await sleep(PAUSE);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** @returns how many bytes there are; `undefined` where a writer has not written yet */
function readSome(file: number, buffer: Buffer): number | undefined {
  try {
    return readSync(file, buffer);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}

function problem(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
