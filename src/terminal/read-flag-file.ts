import { readFileSync } from 'node:fs';

import { ProblemError } from '../text/problem.ts';

/** Reads a file that a flag names; a ProblemError says why it cannot. */
export type ReadFile = (path: string, flag: string) => string;

/** Reads a file that a flag names. @throws {ProblemError} where it cannot be read */
export const readFlagFile: ReadFile = (path, flag) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ProblemError([
      {
        where: flag,
        what: `the file ${path} cannot be read (${code})`,
        fix: 'Give the path of an existing file',
      },
    ]);
  }
};
