import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ProblemError } from '../../text/problem.ts';
import { applySteps } from './steps.ts';
import type { Lock } from './lock.ts';
import type { CurrentFile } from '../current-files.ts';
import { commit, stepFile, writeDurably, type Step } from './journal.ts';
import { withWindowsLines } from '../line-endings.ts';
import { writeFailure } from '../write-failure.ts';

/** One file to write, or to remove. */
export interface FileChange {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  /** As it was read; `undefined` where there was none. */
  readonly before: CurrentFile | undefined;
  /** With `\n` at the end of lines; `undefined` removes the file. */
  readonly after: string | undefined;
}

const FIX = 'Nothing was written. Fix this, then run it again';

/**
 * Changes the files of a repository together. Every text is written to the lock's folder first; then a journal decides the
 * update, and from there on only renames are left, which the next run finishes if this one is killed.
 *
 * @returns the files that somebody changed meanwhile, whose changes are merged
 * @throws {ProblemError} naming the file that could not be written; nothing is changed then, unless the disk fails
 *   between the renames, which the error says
 */
export async function writeChanges(
  root: string,
  { folder }: Lock,
  changes: readonly FileChange[],
): Promise<string[]> {
  const made: string[] = [];
  const undo = () => {
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', undo);
  let at = root;
  try {
    const steps = changes.map((change, index): Step => {
      at = join(root, change.path);
      stage(root, folder, change, index, made);
      return {
        path: change.path,
        before: change.before !== undefined,
        after: change.after !== undefined,
      };
    });
    at = root;
    await setImmediate();
    commit(folder, steps);
    made.length = 0;
    return applySteps(root, folder, steps);
  } catch (error) {
    undo();
    throw error instanceof ProblemError ? error : writeFailure(at, error, FIX);
  } finally {
    process.removeListener('exit', undo);
  }
}

/** Everything that can fail for want of room or permission, before anything is decided. */
function stage(
  root: string,
  folder: string,
  { path, before, after }: FileChange,
  index: number,
  made: string[],
): void {
  // A rename would replace a read-only file, but it was made so on purpose.
  if (before && (before.mode & 0o200) === 0) {
    throw new ProblemError([{ where: join(root, path), what: 'the file is read-only', fix: FIX }]);
  }
  makeFolder(join(root, dirname(path)), made);
  accessSync(join(root, dirname(path)), constants.W_OK);
  if (before) writeDurably(stepFile(folder, index, 'before'), before.bytes);
  if (after === undefined) return;
  const staged = stepFile(folder, index, 'after');
  writeDurably(staged, before?.windowsLines ? withWindowsLines(after) : after);
  if (before) chmodSync(staged, before.mode);
}

function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}
