import { ProblemError } from '../text/problem.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission to write it',
  EPERM: 'there is no permission to write it',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'it is a link that leads back to itself',
  EBUSY: 'the folder is in use, or a disk is mounted there',
  EXDEV: 'the folder is on another disk than the one around it',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  EEXIST: 'the folder is no longer empty',
  ENOTEMPTY: 'the folder is no longer empty',
};

/** What to tell of an error that the disk gave. */
export function writeFailure(path: string, error: unknown, fix: string): ProblemError {
  const code = codeOf(error);
  const what = (code && REASONS[code]) ?? (error instanceof Error ? error.message : String(error));
  return new ProblemError([{ where: path, what, fix }]);
}

/** The system's name of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const has = typeof error === 'object' && error !== null && 'code' in error;
  return has ? String(error.code) : undefined;
}
