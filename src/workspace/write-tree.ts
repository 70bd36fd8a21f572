import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import { ProblemError } from '../text/problem.ts';
import { codeOf, writeFailure } from './write-failure.ts';

/** What the name of the folder begins with in which a tree is made, beside its target. */
export const STAGING_PREFIX = '.create-gitlab-aws-oidc-';

/**
 * Refuses a place that a new repository cannot be written to.
 *
 * @throws {ProblemError} unless `target` is an empty folder or nothing yet
 */
export function checkTarget(target: string): void {
  const what = whyNot(target);
  if (what === undefined) return;
  const fix = existsSync(join(target, ANSWERS_FILE))
    ? 'It is a generated repository: to change it, use update'
    : 'Give the name of a new folder, or of an empty one';
  throw new ProblemError([{ where: target, what, fix }]);
}

function whyNot(target: string): string | undefined {
  try {
    const entries = readdirSync(target);
    if (entries.length === 0) return undefined;
    return `the folder is not empty: it holds ${entries.sort().slice(0, 3).join(', ')}`;
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR' && exists(target)) return 'it is a file, not a folder';
    if (codeOf(error) !== 'ENOENT') throw cannotWrite(target, error);
    return exists(target) ? 'it is a link to something that is not there' : undefined;
  }
}

/** Whether there is anything, if only a link that leads nowhere. */
function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a whole tree to a new or empty folder. It is made in a hidden folder next to the target and moved there in one
 * step, so that it appears whole or not at all. What was made is removed when anything fails, and when the process
 * exits before the move; only a SIGKILL or a power cut can leave the hidden folder, which may be deleted.
 *
 * An existing empty folder is replaced, so a shell that is in it must enter it again (`cd .`).
 *
 * Between the last look at signals and the move nothing else runs, so the caller hears of a signal either
 * before the move or after it.
 *
 * @param files relative path to text
 * @throws {ProblemError} naming the file that could not be written
 */
export async function writeTree(target: string, files: ReadonlyMap<string, string>): Promise<void> {
  checkTarget(target);
  const there = statSync(target, { throwIfNoEntry: false });
  const place = there ? realpathSync(target) : resolve(target);
  const parent = dirname(place);
  const made = firstMissing(parent);
  let staging: string | undefined;
  const undo = () => {
    if (staging) rmSync(staging, { recursive: true, force: true });
    if (made) rmSync(made, { recursive: true, force: true });
  };
  let at = parent;
  process.once('exit', undo);
  try {
    mkdirSync(parent, { recursive: true });
    staging = join(parent, `${STAGING_PREFIX}${Math.random().toString(36).slice(2)}`);
    mkdirSync(staging);
    // An existing empty folder may be more private, or more open, than a new one.
    if (there) chmodSync(staging, there.mode & 0o7777);
    for (const folder of new Set([...files.keys()].map((path) => dirname(path)))) {
      at = join(target, folder);
      mkdirSync(join(staging, folder), { recursive: true });
    }
    for (const [path, text] of files) {
      at = join(target, path);
      writeFileSync(join(staging, path), text, { flag: 'wx' });
    }
    at = target;
    await new Promise((heard) => setImmediate(heard));
    renameSync(staging, place);
  } catch (error) {
    undo();
    throw cannotWrite(at, error);
  } finally {
    process.removeListener('exit', undo);
  }
}

/** The topmost folder that has to be made for `folder` to be there. */
function firstMissing(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  return firstMissing(dirname(folder)) ?? folder;
}

function cannotWrite(path: string, error: unknown): ProblemError {
  return writeFailure(path, error, 'Nothing was written. Choose another place, or fix this one');
}
