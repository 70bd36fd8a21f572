import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { migrateAnswers } from '../answers/migrate.ts';
import { completeAnswers, readAnswersText } from '../answers/read.ts';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { ProblemError } from '../text/problem.ts';
import { LOCK_FILE, lockText } from './lock.ts';
import { blobId } from '../workspace/blob-id.ts';
import {
  lstat,
  readCurrentFile,
  readCurrentFiles,
  type CurrentFile,
} from '../workspace/current-files.ts';
import { gitCommitted } from '../workspace/git.ts';
import { conflictLine } from '../workspace/merge-text.ts';
import { planUpdate, type UpdatePlan } from '../workspace/update-plan.ts';
import { leftByOldVersion } from '../workspace/transaction/place.ts';
import type { FileChange } from '../workspace/transaction/write-changes.ts';
import { generationFrom, generations } from './last-generation.ts';
import { located } from '../answers/located.ts';

/** What an update would do, and what to report about it. */
export interface PreparedUpdate {
  readonly plan: UpdatePlan;
  /** The plan's changes, and those of the answers and the lock file. */
  readonly changes: readonly FileChange[];
  /** `undefined` where the previous answers are not known. */
  readonly before: Blueprint | undefined;
  readonly after: Blueprint;
  readonly warnings: readonly string[];
  /** The existing texts, by path. */
  readonly current: ReadonlyMap<string, string>;
  /** Paths whose edits the answers accept. */
  readonly acceptedEdits: readonly string[];
}

/** What an answers file is to say, given what it says. @throws {ProblemError} where it cannot be edited so */
export type EditAnswers = (text: string) => string;

/** The generated repository that a folder is. @throws {ProblemError} when it is none */
export function repositoryRoot(directory: string): string {
  if (!lstat(join(directory, ANSWERS_FILE))) {
    throw new ProblemError([
      {
        where: directory,
        what: `there is no ${ANSWERS_FILE} in it`,
        fix: 'Give the folder of a generated repository',
      },
    ]);
  }
  return realpathSync(directory);
}

/**
 * Compares what was generated last, what is there, and what the answers say now. Writes nothing.
 *
 * @param edit what the answers file is to say, given what it says
 * @throws {ProblemError} for answers that will not do, or files that cannot be taken
 */
export function prepareUpdate(root: string, edit: EditAnswers = (text) => text): PreparedUpdate {
  const answersFile = readCurrentFile(root, ANSWERS_FILE);
  const text = edit(migrateAnswers(answersFile?.text ?? ''));
  const file = readAnswersText(text, ANSWERS_FILE);
  const answers = located(file, () => completeAnswers(file.draft, file.locate));

  const lockFile = readCurrentFile(root, LOCK_FILE);
  const { last, next } = generations(root, lockFile?.text, answers, (placement) =>
    located(file, () => generationFrom(answers, placement)),
  );
  const current = readCurrentFiles(root, new Set([...next.files.keys(), ...last.ids.keys()]));
  const now = new Map([...current].map(([path, found]) => [path, found.text]));
  refuseOpenConflicts(now);

  const plan = planUpdate({ last: last.ids, now, next: next.files, base: last.text });
  const edited = text === answersFile?.text ? [] : [answersEdited(answersFile?.text, text)];
  const changes: FileChange[] = [
    ...plan.changes.map(({ path, after }) => ({ path, before: current.get(path), after })),
    ...edited.map(({ path, after }) => ({ path, before: answersFile, after })),
    { path: LOCK_FILE, before: lockFile, after: lockText(answers, next.blueprint, next.files) },
  ];
  const written = changes.filter(({ before, after }) => before?.text !== after);
  return {
    plan: { ...plan, changes: [...edited, ...plan.changes] },
    changes: written,
    before: last.again?.blueprint,
    after: next.blueprint,
    current: now,
    acceptedEdits: (answers.accepted_edits ?? []).map(({ path }) => path),
    warnings: [...last.warnings, ...leftByOldVersion(root), ...uncommitted(root, written)],
  };
}

function answersEdited(before: string | undefined, after: string): UpdatePlan['changes'][number] {
  return { path: ANSWERS_FILE, change: 'edited', before, after, conflicts: 0 };
}

function refuseOpenConflicts(now: ReadonlyMap<string, string>): void {
  const problems = [...now].flatMap(([path, text]) => {
    const line = conflictLine(text);
    if (line === undefined) return [];
    return [
      {
        where: `${path}:${line}`,
        what: 'a conflict of an earlier update is not resolved',
        fix: 'Choose between the two sides, and remove the markers',
      },
    ];
  });
  if (problems.length > 0) throw new ProblemError(problems);
}

/** So many names fit in a line. */
const SHOWN = 3;

/** Files that an update writes over. The answers are edited before one, so they are expected to be uncommitted. */
function uncommitted(root: string, changes: readonly FileChange[]): string[] {
  const committed = gitCommitted(root);
  if (committed === undefined) return [];
  const paths = changes.flatMap(({ path, before }) =>
    path === ANSWERS_FILE || !before || hasId(before, committed.get(path)) ? [] : [path],
  );
  if (paths.length === 0) return [];
  const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
  return [
    `Not committed yet, so git could not bring it back: ${paths.slice(0, SHOWN).join(', ')}${more}.`,
  ];
}

/** Git keeps a text as it is or, where `core.autocrlf` says so, with the line ends of Unix. */
function hasId({ text, bytes }: CurrentFile, id: string | undefined): boolean {
  return id === blobId(text) || id === blobId(bytes);
}
