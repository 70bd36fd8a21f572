import { closeSync, constants, fsyncSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { readPlainFile, refused } from '../plain-file.ts';
import { isRepositoryPath, sameIgnoringCase } from '../repository-path.ts';

const StepSchema = v.strictObject({
  path: v.pipe(v.string(), v.check(isRepositoryPath, 'a path leads out of the repository')),
  before: v.boolean(),
  after: v.boolean(),
});

const JournalSchema = v.pipe(
  v.array(StepSchema),
  v.check(
    (steps) => sameIgnoringCase(steps.map(({ path }) => path)) === undefined,
    'two paths differ only in case',
  ),
);

/** One file that an update changes. Both texts are in the transaction's folder under the step's number. */
export interface Step {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  /** Whether there was such a file, and whether there will be. */
  readonly before: boolean;
  readonly after: boolean;
}

/** The journal's name in the transaction's folder. */
export const JOURNAL = 'journal.json';

/** Where a step's text of before or after is. */
export function stepFile(folder: string, step: number, side: 'before' | 'after'): string {
  return join(folder, `${step}.${side}`);
}

/** Writes a new file so that it is on the disk when this returns. */
export function writeDurably(path: string, content: Buffer | string, mode = 0o666): void {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  // With O_EXCL no link is followed either.
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL, mode);
  try {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** From the moment this returns, the update is decided: the next run finishes it. */
export function commit(folder: string, steps: readonly Step[]): void {
  const draft = join(folder, `${JOURNAL}.draft`);
  rmSync(draft, { force: true });
  writeDurably(draft, JSON.stringify(steps));
  renameSync(draft, join(folder, JOURNAL));
}

/** Whether an update was decided and is not finished. */
export function hasJournal(folder: string): boolean {
  return lstatSync(join(folder, JOURNAL), { throwIfNoEntry: false }) !== undefined;
}

/**
 * The steps that were decided; `undefined` where the update was not, and the repository is as before.
 *
 * @throws {ProblemError} when the journal is not one, or names a file outside of the repository
 */
export function readJournal(folder: string): readonly Step[] | undefined {
  const path = join(folder, JOURNAL);
  const file = readPlainFile(path);
  if (!file) return undefined;
  const result = v.safeParse(JournalSchema, parsed(file.bytes.toString('utf8')));
  if (result.success) return result.output;
  throw refused(
    path,
    `it does not say what an interrupted update was to write: ${result.issues[0].message}`,
    `Delete ${folder}, then run update again`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
