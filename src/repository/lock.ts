import * as v from 'valibot';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import type { Answers } from '../answers/schema.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { isDivided, type Placement, placementOf } from '../blueprint/parts/placement.ts';
import type { Files } from '../render/files.ts';
import { shown } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';
import { VERSION } from '../version.ts';
import { blobId } from '../workspace/blob-id.ts';
import { isRepositoryPath, sameIgnoringCase } from '../workspace/repository-path.ts';
import { PartsSchema, partsToWrite, placementFrom } from './lock-parts.ts';

/** The file that says what was generated last, for `update` to know edits by hand from generated text. */
export const LOCK_FILE = 'gitlab-aws-oidc.lock.json';

/** Files that are a person's own, or this file itself: an update must never take one of them for generated. */
const NEVER_GENERATED: readonly string[] = [ANSWERS_FILE, LOCK_FILE];

const LockSchema = v.object({
  lock: v.literal(1),
  generator: v.string(),
  files: v.pipe(
    v.record(v.string(), v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))),
    v.rawCheck(({ dataset, addIssue }) => {
      const flaw = dataset.typed && pathFlaw(Object.keys(dataset.value));
      if (flaw) addIssue({ message: flaw });
    }),
  ),
  answers: v.record(v.string(), v.unknown()),
  parts: v.optional(PartsSchema, []),
});

/** What the lock file names may be removed, and it may come with a clone: its author could name anything. */
function pathFlaw(paths: readonly string[]): string | undefined {
  const outside = paths.find((path) => !isRepositoryPath(path));
  if (outside !== undefined) return `${shown(outside)} is not the path of a generated file`;
  const twice = sameIgnoringCase([...NEVER_GENERATED, ...paths]);
  if (twice !== undefined) return `${shown(twice)} has the name of another file, but for its case`;
  const own = paths.find((path) => NEVER_GENERATED.includes(path));
  return own === undefined ? undefined : `${shown(own)} is not a generated file`;
}

/** What was generated last. */
export interface LockFile {
  /** Version of this program that did. */
  readonly generator: string;
  /** The previous answers, not yet checked. */
  readonly answers: Record<string, unknown>;
  /** Relative path to blob id. */
  readonly files: ReadonlyMap<string, string>;
  /** Which part everything in a divided role is in; of the other roles, the answers tell. */
  readonly placement: Placement;
}

/** The lock file's text for what is generated now. */
export function lockText(answers: Answers, blueprint: Blueprint, files: Files): string {
  const parts = isDivided(blueprint) ? partsToWrite(placementOf(blueprint)) : [];
  const ids = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const lock: v.InferInput<typeof LockSchema> = {
    lock: 1,
    generator: VERSION,
    files: Object.fromEntries(ids.map(([path, text]) => [path, blobId(text)])),
    answers,
    ...(parts.length > 0 ? { parts } : {}),
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/**
 * Reads a lock file.
 *
 * @throws {ProblemError} when the text is not a lock file, or names what cannot be a generated file
 */
export function readLock(text: string, where: string): LockFile {
  const result = v.safeParse(LockSchema, parsed(text));
  if (!result.success) throw refused(where, result.issues[0].message);
  const { generator, answers, files, parts } = result.output;
  const placement = placementFrom(parts);
  return { generator, answers, files: new Map(Object.entries(files)), placement };
}

/**
 * @param generated paths that are generated now
 * @throws {ProblemError} when a lock file names one of them in another case
 */
export function refuseTwice({ files }: LockFile, where: string, generated: Iterable<string>): void {
  const twice = sameIgnoringCase([...generated, ...files.keys()]);
  if (twice === undefined) return;
  throw refused(where, `${shown(twice)} has the name of another file, but for its case`);
}

function refused(where: string, reason: string): ProblemError {
  const what = `it does not say what was generated last: ${reason}`;
  const fix =
    'Restore it from git; without it, an update takes every difference for an edit by hand';
  return new ProblemError([{ where, what, fix }]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
