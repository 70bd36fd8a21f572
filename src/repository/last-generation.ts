import { isDeepStrictEqual } from 'node:util';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import { migrateAnswers } from '../answers/migrate.ts';
import { completeAnswers, readAnswersText } from '../answers/read.ts';
import type { Answers } from '../answers/schema.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { blueprintOf } from '../blueprint/build.ts';
import { blobId } from '../workspace/blob-id.ts';
import { ProblemError } from '../text/problem.ts';
import type { Files } from '../render/files.ts';
import { LOCK_FILE, readLock } from './lock.ts';
import { renderGenerated } from './render.ts';
import { gitBlob, gitFirstVersion } from '../workspace/git.ts';

/** What the answers give. */
export interface Generation {
  readonly answers: Answers;
  readonly blueprint: Blueprint;
  readonly files: Files;
}

/** What was generated last. */
export interface LastGeneration {
  /** Relative path to blob id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Rendered again from the previous answers, by this version; `undefined` where that cannot be done. */
  readonly again: Generation | undefined;
  /** The text that was generated, where it can be had: rendered again, or from git, or rendered nearly so. */
  readonly text: (path: string) => string | undefined;
  readonly warnings: readonly string[];
}

/**
 * Finds what was generated last: by the lock file, or, where an early version made the repository, by the first
 * commits of its files.
 *
 * @throws {ProblemError} when the lock file is not one, or names what cannot be a generated file
 */
export function lastGeneration(
  root: string,
  lockText: string | undefined,
  next: Generation,
): LastGeneration {
  const lock =
    lockText === undefined ? undefined : readLock(lockText, LOCK_FILE, next.files.keys());
  const ids = lock?.files ?? firstVersions(root, next.files);
  const again = isDeepStrictEqual(lock?.answers, next.answers)
    ? next
    : generationOf(lock ? JSON.stringify(lock.answers) : firstAnswers(root));
  const text = (path: string) => {
    const id = ids.get(path);
    const rendered = again?.files.get(path);
    if (id === undefined || (rendered !== undefined && blobId(rendered) === id)) return rendered;
    return gitBlob(root, id) ?? rendered;
  };
  return { ids, again, text, warnings: lock ? [] : [withoutLock(ids.size > 0)] };
}

/** @throws {ProblemError} when the answers cannot be used */
export function generationFrom(answers: Answers): Generation {
  const blueprint = blueprintOf(answers);
  return { answers, blueprint, files: renderGenerated(blueprint) };
}

/** Previous answers may not suit this version; git then has what they produced. */
function generationOf(text: string): Generation | undefined {
  try {
    const { draft } = readAnswersText(migrateAnswers(text), ANSWERS_FILE);
    return generationFrom(completeAnswers(draft));
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function firstVersions(root: string, files: Files): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of files.keys()) {
    const first = gitFirstVersion(root, path);
    if (first !== undefined) found.set(path, blobId(first));
  }
  return found;
}

function firstAnswers(root: string): string {
  return gitFirstVersion(root, ANSWERS_FILE) ?? '';
}

function withoutLock(inGit: boolean): string {
  return inGit
    ? `There is no ${LOCK_FILE} yet: what git has as the first version of each file is taken for what was generated.`
    : `There is no ${LOCK_FILE}, and git knows no earlier version: every difference is shown as a conflict.`;
}
