import { isDeepStrictEqual } from 'node:util';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import type { Answers } from '../answers/schema.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { blueprintOf } from '../blueprint/build.ts';
import { type Displaced, displaced } from '../blueprint/parts/displaced.ts';
import { NOTHING_PLACED, type Placement, placementOf } from '../blueprint/parts/placement.ts';
import { blobId } from '../workspace/blob-id.ts';
import type { Files } from '../render/files.ts';
import { earlier } from './earlier.ts';
import { LOCK_FILE, readLock, refuseTwice } from './lock.ts';
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
 * Finds what was generated last, by the lock file or, where an early version made the repository, by the first commits
 * of its files; and what is generated now, with every project in the part of a role that it was in.
 *
 * @param answers those of now
 * @param decide what they give
 * @throws {ProblemError} when the lock file is not one, or names what cannot be a generated file
 */
export function generations(
  root: string,
  lockText: string | undefined,
  answers: Answers,
  decide: (placement: Placement) => Generation,
): { readonly last: LastGeneration; readonly next: Generation } {
  const lock = lockText === undefined ? undefined : readLock(lockText, LOCK_FILE);
  const isSame = isDeepStrictEqual(lock?.answers, answers);
  const before = isSame
    ? undefined
    : earlier(lock ? JSON.stringify(lock.answers) : firstAnswers(root), (had) =>
        generationFrom(had, lock?.placement),
      );
  const placement = before ? placementOf(before.blueprint) : (lock?.placement ?? NOTHING_PLACED);
  const next = decide(placement);
  if (lock) refuseTwice(lock, LOCK_FILE, next.files.keys());
  const again = isSame ? next : before;
  // Those of before are looked up too: a file that is generated no more must be known to be removed.
  const ids =
    lock?.files ??
    firstVersions(root, new Set([...(before?.files.keys() ?? []), ...next.files.keys()]));
  const text = (path: string) => {
    const id = ids.get(path);
    const rendered = again?.files.get(path);
    if (id === undefined || (rendered !== undefined && blobId(rendered) === id)) return rendered;
    return gitBlob(root, id) ?? rendered;
  };
  const warnings = [
    ...(lock ? [] : [withoutLock(ids.size > 0)]),
    ...displaced(placement, next.blueprint).map(displacedInWords),
  ];
  return { last: { ids, again, text, warnings }, next };
}

/** @throws {ProblemError} when the answers cannot be used */
export function generationFrom(answers: Answers, placement = NOTHING_PLACED): Generation {
  const blueprint = blueprintOf(answers, placement);
  return { answers, blueprint, files: renderGenerated(blueprint) };
}

function firstVersions(root: string, paths: Iterable<string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
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

function displacedInWords({ source, from, to }: Displaced): string {
  return `${source} no longer fits in role ${from}, whose trust policy would exceed AWS's limit: it is in ${to} now, which changes its role ARN and the job that it extends.`;
}
