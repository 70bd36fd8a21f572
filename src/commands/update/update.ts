import { jsonText } from '../../text/json-text.ts';
import { fitted, isInteractive, printTo } from '../../terminal/output.ts';
import { accessDiffByAccount } from '../../blueprint/access-diff/by-account.ts';
import { accessDiffMarkdown } from '../../render/access-diff.ts';
import { LOCK_FILE } from '../../repository/lock.ts';
import { isLocked } from '../../workspace/transaction/lock.ts';
import { withLock } from '../../workspace/transaction/with-lock.ts';
import { unifiedDiff } from '../../workspace/unified-diff.ts';
import { writeChanges } from '../../workspace/transaction/write-changes.ts';
import { finishDespiteSignals } from '../../terminal/signals.ts';
import {
  type EditAnswers,
  prepareUpdate,
  type PreparedUpdate,
  repositoryRoot,
} from '../../repository/prepare-update.ts';
import { handEdits, type HandEdit } from '../../repository/hand-edits.ts';
import { accessView } from './access-view.ts';
import { handEditsText, outcomeText, recoveredText, updateText } from './text.ts';

export interface UpdateOptions {
  readonly directory: string;
  /** Write nothing, and find a difference. */
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly yes: boolean;
  /** Markdown goes to standard output alone, for a note on a merge request. */
  readonly accessDiff: 'text' | 'markdown';
}

const IN_SYNC = 'Nothing to change: everything is as gitlab-aws-oidc.yaml says.\n';
const ONLY_EDITS = 'Nothing to change but your edits, which are kept.\n';

/**
 * Brings a generated repository in line with its answers, and keeps edits by hand.
 *
 * @param edit what the answers file is to say, given what it says; written with the rest
 * @returns the exit code: 0 when all is as the answers say; 1 when there are conflicts to resolve, when `check` finds a
 *   difference, or when the person declines
 * @throws {ProblemError} for answers or files that cannot be used; nothing is written then
 */
export async function update(options: UpdateOptions, edit?: EditAnswers): Promise<number> {
  const root = repositoryRoot(options.directory);
  if (options.check) {
    const prepared = prepareUpdate(root, edit);
    return check(prepared, options, root, await handEdits(root, prepared));
  }
  if (options.dryRun) {
    const prepared = prepareUpdate(root, edit);
    const edits = await handEdits(root, prepared);
    describe(prepared, options, edits);
    print(prepared, options, [], edits);
    return 0;
  }
  return withLock(root, async (lock, recovery) => {
    if (recovery?.finished) say(recoveredText(recovery.merged), options);
    const prepared = prepareUpdate(root, edit);
    const edits = await handEdits(root, prepared);
    describe(prepared, options, edits);
    const { changes, plan } = prepared;
    if (changes.length > 0 && !(await agreed(options))) return 1;
    const merged = changes.length > 0 ? await writeChanges(root, lock, changes) : [];
    finishDespiteSignals();
    print(prepared, options, merged, edits);
    return plan.changes.some(({ change }) => change === 'conflict') ? 1 : 0;
  });
}

function check(
  prepared: PreparedUpdate,
  options: UpdateOptions,
  root: string,
  edits: readonly HandEdit[],
): number {
  const interrupted = isLocked(root);
  const { changes } = prepared;
  if (options.json) print(prepared, options, [], edits);
  else {
    for (const { path, before, after } of worthReading(changes)) {
      printTo('stdout', unifiedDiff(path, before?.text, after));
    }
    printTo('stderr', changes.length > 0 ? DIFFERS : edits.length > 0 ? '' : IN_SYNC);
  }
  if (edits.length > 0) printTo('stderr', handEditsText(edits));
  if (interrupted) printTo('stderr', 'An update was interrupted: run update to finish it.\n');
  return changes.length > 0 || edits.length > 0 || interrupted ? 1 : 0;
}

/** The lock file follows from the others. */
function worthReading(changes: PreparedUpdate['changes']): PreparedUpdate['changes'] {
  return changes.length === 1 ? changes : changes.filter(({ path }) => path !== LOCK_FILE);
}

const DIFFERS =
  '\nThe repository is not as gitlab-aws-oidc.yaml says. Run: create-gitlab-aws-oidc update\n';

/** Before anything is written: who gains, who loses, which files change, and what edits by hand do. */
function describe(
  prepared: PreparedUpdate,
  options: UpdateOptions,
  edits: readonly HandEdit[],
): void {
  if (edits.length > 0) printTo('stderr', handEditsText(edits));
  if (options.json) return;
  if (options.accessDiff === 'markdown' && prepared.before) {
    printTo('stdout', accessDiffMarkdown(accessDiffByAccount(prepared.before, prepared.after)));
  } else say(updateText(prepared, 'stdout'), options);
}

/** Words are for people: a program that asked for JSON or Markdown gets that alone. */
function say(text: string, { json, accessDiff: format }: UpdateOptions): void {
  if (!json && format === 'text') printTo('stdout', text);
}

async function agreed(options: UpdateOptions): Promise<boolean> {
  const { directory, json, yes } = options;
  if (yes || json || !isInteractive()) return true;
  const { askPerson } = await import('../../interview/person/ask-person.ts');
  return askPerson.yes({
    flag: 'yes',
    message: `Write it to ${directory}?`,
    why: 'Nothing has been written yet.',
    default: true,
  });
}

function print(
  { after, before, changes, plan, warnings }: PreparedUpdate,
  options: UpdateOptions,
  mergedMeanwhile: readonly string[],
  edits: readonly HandEdit[],
): void {
  const written = !options.dryRun && !options.check && changes.length > 0;
  if (!options.json) {
    if (changes.length === 0) say(edits.length > 0 ? ONLY_EDITS : IN_SYNC, options);
    else if (written)
      say(`\n${fitted(outcomeText(plan, worthReading(changes), mergedMeanwhile))}`, options);
    return;
  }
  const result = {
    ok: true,
    written,
    directory: options.directory,
    files: plan.changes.map(({ path, change, conflicts }) => ({ path, change, conflicts })),
    kept: plan.kept,
    mergedMeanwhile,
    access: before ? accessView(accessDiffByAccount(before, after)) : null,
    warnings,
    handEdits: edits,
  };
  printTo('stdout', `${jsonText(result)}\n`);
}
