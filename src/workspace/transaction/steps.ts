import {
  chmodSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../text/problem.ts';
import { readCurrentFile } from '../current-files.ts';
import { withUnixLines, withWindowsLines } from '../line-endings.ts';
import { mergeText } from '../merge-text.ts';
import { readPlainFile } from '../plain-file.ts';
import { writeFailure } from '../write-failure.ts';
import { stepFile, writeDurably, type Step } from './journal.ts';

/**
 * Does what the journal says, from wherever it was left. A file that somebody changed since the update was decided is
 * merged rather than replaced.
 *
 * @returns the files that were merged so
 * @throws {ProblemError} naming the file that could not be written; the journal is kept, so that it can be tried again
 */
export function applySteps(root: string, folder: string, steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) => {
    try {
      return apply(root, folder, step, index) === 'merged' ? [step.path] : [];
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw writeFailure(
        join(root, step.path),
        error,
        'Fix this, then run update again to finish the interrupted update',
      );
    }
  });
}

function apply(
  root: string,
  folder: string,
  { path, before, after }: Step,
  index: number,
): 'done' | 'merged' {
  const target = join(root, path);
  const now = readCurrentFile(root, path);
  const old = before ? readPlainFile(stepFile(folder, index, 'before'))?.bytes : undefined;
  const untouched = now ? (old?.equals(now.bytes) ?? false) : !before;
  if (!after) {
    if (now && untouched) {
      unlinkSync(target);
      removeEmptyFolders(root, dirname(path));
    }
    return 'done';
  }
  const staged = stepFile(folder, index, 'after');
  const next = readPlainFile(staged);
  // A rename takes the staged file away, so without it this step is done.
  if (!next) return 'done';
  if (untouched || !now) {
    // An earlier step may have removed the last file of this folder, and the folder with it.
    mkdirSync(dirname(target), { recursive: true });
    renameSync(staged, target);
    return 'done';
  }
  const base = old === undefined ? undefined : withUnixLines(old.toString('utf8'));
  const generated = withUnixLines(next.bytes.toString('utf8'));
  const { text } = mergeText(base, now.text, generated);
  const merged = `${staged}.merged`;
  // A run that was killed here left one.
  rmSync(merged, { force: true });
  writeDurably(merged, now.windowsLines ? withWindowsLines(text) : text);
  chmodSync(merged, now.mode);
  renameSync(merged, target);
  unlinkSync(staged);
  return 'merged';
}

function removeEmptyFolders(root: string, folder: string): void {
  if (folder === '.' || readdirSync(join(root, folder)).length > 0) return;
  rmdirSync(join(root, folder));
  removeEmptyFolders(root, dirname(folder));
}
