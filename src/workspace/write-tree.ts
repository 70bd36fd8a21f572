import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { ProblemError } from '../problem.ts';

/**
 * Refuses a place that a new repository cannot be written to.
 *
 * @throws {ProblemError} unless `target` is an empty folder or nothing yet
 */
export async function checkTarget(target: string): Promise<void> {
  const refuse = (what: string): never => {
    throw new ProblemError([
      { where: target, what, fix: 'Give the name of a new folder, or of an empty one' },
    ]);
  };
  try {
    const entries = await readdir(target);
    if (entries.length > 0) {
      refuse(`the folder is not empty: it holds ${entries.sort().slice(0, 3).join(', ')}`);
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    if (codeOf(error) === 'ENOTDIR') refuse('it is a file, not a folder');
    throw cannotWrite(target, error);
  }
}

/**
 * Writes a whole tree to a new or empty folder. It is made beside the target and moved there in one step, so that it
 * appears whole or not at all, and what was made is removed when anything fails.
 *
 * @param files relative path to text
 * @throws {ProblemError} naming the file that could not be written
 */
export async function writeTree(target: string, files: ReadonlyMap<string, string>): Promise<void> {
  await checkTarget(target);
  const place = resolve(target);
  const parent = dirname(place);
  let made: string | undefined;
  let staging: string | undefined;
  let at = parent;
  try {
    made = await mkdir(parent, { recursive: true });
    staging = await mkdtemp(join(parent, `.${basename(place)}-`));
    for (const [path, text] of files) {
      at = join(target, path);
      const file = join(staging, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
    }
    at = target;
    // mkdtemp makes a folder that only its owner may enter.
    await chmod(staging, 0o777 & ~process.umask());
    await rename(staging, place);
  } catch (error) {
    if (staging) await rm(staging, { recursive: true, force: true });
    if (made) await rm(made, { recursive: true, force: true });
    throw error instanceof ProblemError ? error : cannotWrite(at, error);
  }
}

function cannotWrite(path: string, error: unknown): ProblemError {
  const reasons: Record<string, string> = {
    EACCES: 'there is no permission to write it',
    EPERM: 'there is no permission to write it',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    ENAMETOOLONG: 'the name is too long',
    EBUSY: 'the folder is in use',
    ENOTDIR: 'a part of the path is a file',
    ENOTEMPTY: 'the folder is no longer empty',
  };
  const code = codeOf(error);
  const what = (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error));
  return new ProblemError([
    { where: path, what, fix: 'Nothing was written; choose another place, or mend this one' },
  ]);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
