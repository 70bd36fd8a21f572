import * as v from 'valibot';
import type { Answers } from '../answers/schema.ts';
import { blobId } from '../workspace/blob-id.ts';
import { ProblemError } from '../text/problem.ts';
import { VERSION } from '../version.ts';
import type { Files } from '../render/files.ts';

/** The file that says what was generated last, for `update` to know edits by hand from generated text. */
export const LOCK_FILE = 'gitlab-aws-oidc.lock.json';

/** A path inside the repository, and not of git's own: what is in the lock file may be removed. */
const inside = (path: string) =>
  !path.split('/').some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase())) &&
  !/[\\:\0]/.test(path);

const LockSchema = v.object({
  lock: v.literal(1),
  generator: v.string(),
  files: v.pipe(
    v.record(v.string(), v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))),
    v.check((files) => Object.keys(files).every(inside), 'a path leads out of the repository'),
  ),
  answers: v.record(v.string(), v.unknown()),
});

/** What was generated last. */
export interface Lock {
  /** Version of this program that did. */
  readonly generator: string;
  /** The answers of then, not yet checked. */
  readonly answers: Record<string, unknown>;
  /** Relative path to blob id. */
  readonly files: ReadonlyMap<string, string>;
}

/** The lock file's text for what is generated now. */
export function lockText(answers: Answers, files: Files): string {
  const ids = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const lock: v.InferInput<typeof LockSchema> = {
    lock: 1,
    generator: VERSION,
    files: Object.fromEntries(ids.map(([path, text]) => [path, blobId(text)])),
    answers,
  };
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** @throws {ProblemError} when the text is no lock file */
export function readLock(text: string, where: string): Lock {
  const result = v.safeParse(LockSchema, parsed(text));
  if (!result.success) {
    throw new ProblemError([
      {
        where,
        what: `it does not say what was generated last: ${result.issues[0].message}`,
        fix: 'Restore it from git; without it, an update takes every difference for an edit by hand',
      },
    ]);
  }
  const { generator, answers, files } = result.output;
  return { generator, answers, files: new Map(Object.entries(files)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
