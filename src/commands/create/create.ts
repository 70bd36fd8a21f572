import { resolve } from 'node:path';
import { completeAnswers, type Draft } from '../../answers/complete.ts';
import { PROJECT } from '../../answers/per-project/name.ts';
import { readAnswersFile } from '../../answers/yaml/answers-file.ts';
import { arnOfRole } from '../../blueprint/arn-of-role.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { applyFlags } from '../../interview/apply-flags.ts';
import { AbsentPerson } from '../../interview/asker.ts';
import { answerAt } from '../../interview/draft.ts';
import type { FoundAccounts } from '../../interview/accounts/found-accounts.ts';
import type { FlagValues } from '../../interview/flags.ts';
import { namedByFlags } from '../../interview/by-flag/named-by-flags.ts';
import { interview } from '../../interview/interview.ts';
import type { PresetChoice } from '../../interview/preset.ts';
import type { Files } from '../../render/files.ts';
import { printNotes } from '../../terminal/notes.ts';
import { columnsOf, isInteractive, printTo, styled } from '../../terminal/output.ts';
import { readFlagFile } from '../../terminal/read-flag-file.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { finishDespiteSignals } from '../../terminal/signals.ts';
import { shown } from '../../text/flaw.ts';
import { jsonText } from '../../text/json-text.ts';
import { ProblemError } from '../../text/problem.ts';
import { checkTarget, writeTree } from '../../workspace/write-tree.ts';
import { makeRepository, type GivenFile } from './made.ts';
import { installHint, nextSteps, repeatCommand, summary, tree } from './summary.ts';
import type { Agreed, Beginning } from './with-person.ts';

export interface CreateOptions {
  readonly directory: string | undefined;
  readonly flags: FlagValues;
  readonly config: string | undefined;
  /** Draft of an interrupted interview to go on with. */
  readonly resume: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** PEM file of the CA of the instance. */
  readonly caFile: string | undefined;
}

/**
 * Makes a new repository.
 *
 * @returns the exit code: 0 when it exists, or would; 1 when the person declines
 * @throws {ProblemError} for answers, a file or a place that cannot be used; nothing is written then
 */
export async function create(options: CreateOptions): Promise<number> {
  const { json, dryRun } = options;
  const interactive = !options.yes && !json && isInteractive();
  const resumed =
    options.resume === undefined ? undefined : await resume(options, options.resume, interactive);
  const beginning = resumed ?? (await begin(options, interactive));
  if (!dryRun) checkTarget(beginning.directory);
  const everything = beginning.file === undefined;
  const preset = beginning.preset.preset ?? (everything && interactive ? undefined : 'role');
  const choice = { ...beginning.preset, preset };
  checkPreset(choice);
  if (
    beginning.preset.preset !== undefined &&
    !everything &&
    beginning.given['roles'] !== undefined
  ) {
    const fix = 'Leave --preset out, or the roles of the file';
    throw problem('--preset', 'the file names its roles already', fix);
  }
  if (interactive) await checkGiven(beginning);
  const agreed = interactive
    ? await (
        await import('./with-person.ts')
      ).createWithPerson({ ...beginning, preset: choice, dryRun })
    : await createAlone({ ...beginning, preset: choice }, options.yes);
  if (agreed === undefined) return 1;
  const { directory, blueprint, files } = agreed;
  if (!dryRun) {
    await writeTree(directory, files);
    finishDespiteSignals();
  }
  if (json) printJson(blueprint, directory, files, dryRun);
  else printResult(blueprint, directory, files, dryRun, interactive);
  return 0;
}

type Started = Omit<Beginning, 'dryRun'>;

async function begin(
  { directory, config, flags, caFile }: CreateOptions,
  interactive: boolean,
): Promise<Started> {
  const found = await accountsFound(flags);
  const text = config === undefined ? undefined : await readFlagText(config, '--config');
  const file =
    text === undefined ? undefined : { ...(await readAnswersFile(text, config ?? '')), text };
  return {
    directory: directory ?? 'gitlab-aws-oidc',
    given: applyFlags(file?.draft ?? {}, flags, readFlagFile, found),
    preset: { preset: flags.preset, readsData: flags['plan-reads-data'] },
    file,
    caFile,
    name: namer(flags, file, interactive),
    resumed: undefined,
  };
}

/** Names a problem by the flag that gave the answer, or by the line of the file. */
function namer(flags: FlagValues, file: GivenFile | undefined, interactive: boolean) {
  return namedByFlags(flags, {
    alone: !file && !interactive,
    isOwnRole: () => true,
    has: () => true,
    isInFile: (where) => file !== undefined && answerAt(file.draft, where) !== undefined,
    otherwise: ({ where, what, fix }) => ({ where: file?.locate(where) ?? where, what, fix }),
  });
}

/** The accounts of `--accounts-from`; what was left out of them is printed. */
async function accountsFound(flags: FlagValues): Promise<FoundAccounts | undefined> {
  const names = ['accounts-from', 'accounts-ou', 'accounts-tag'] as const;
  if (names.every((name) => flags[name] === undefined)) return undefined;
  const { findAccounts } = await import('../../interview/accounts/found-accounts.ts');
  const found = await findAccounts(flags, readFlagFile, process.env);
  printNotes(found?.notes);
  return found;
}

async function resume(
  { directory, config, flags, caFile }: CreateOptions,
  path: string,
  interactive: boolean,
): Promise<Started> {
  if (!interactive) {
    const what = 'it asks what is missing, and there is no terminal to ask on';
    throw problem('--resume', what, 'Run it in a terminal, without --yes and --json');
  }
  const [other] = [...Object.keys(flags), ...(config === undefined ? [] : ['config'])];
  if (other !== undefined) {
    const fix = `Leave out --${other} and edit the answer at the summary, or leave out --resume`;
    throw problem(
      `--${other}`,
      'it cannot be combined with --resume: the draft has the answers',
      fix,
    );
  }
  const { readDraft } = await import('./draft-file.ts');
  const draft = await readDraft(path);
  const { config: text } = draft;
  const file = text === undefined ? undefined : { ...(await readAnswersFile(text, path)), text };
  return {
    directory: directory ?? draft.folder,
    given: draft.given,
    preset: { preset: draft.preset, readsData: draft.plan_reads_data },
    file,
    caFile: caFile ?? draft.ca_file,
    name: namer({}, file, interactive),
    resumed: { draft, path },
  };
}

/** Answers that are wrong by themselves, whatever is answered to the questions that are still to come. */
const BY_ITSELF =
  /^(output|gitlab\.url|aws\.(region|account_id)|roles\[\d+\]\.(name|path|description|tags|session_duration|refs\.(branches|tags)\[|(projects|groups)\[\d+\]\.path))/;

/** @throws {ProblemError} for what flags and file answer wrongly, before the first question is asked */
async function checkGiven({ given, preset, file, name }: Started): Promise<void> {
  const role = { ...preset, preset: 'role' };
  const filled = await interview(given, role, new AbsentPerson(true), file === undefined);
  try {
    completeAnswers(filled);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const wrong = error.problems.filter(
      ({ where, what }) =>
        // Whether there is a role for each project is asked.
        BY_ITSELF.test(where) && !what.includes(PROJECT) && isAnswered(given, where),
    );
    if (wrong.length > 0) throw new ProblemError(wrong.map(name));
  }
}

function isAnswered(given: Draft, where: string): boolean {
  const keys = where.match(/[^.[\]]+/g) ?? [];
  const at = keys.reduce<unknown>((node, key) => (node as Draft | undefined)?.[key], given);
  return at !== undefined;
}

async function createAlone(
  { given, preset, file, directory, name }: Started,
  yes: boolean,
): Promise<Agreed> {
  const absent = new AbsentPerson(yes);
  const filled = await interview(given, preset, absent, file === undefined);
  absent.done();
  return { ...(await makeRepository(filled, file, name)), directory };
}

/** @throws {ProblemError} for flags about a preset that do not go with the rest */
function checkPreset({ preset, readsData }: PresetChoice): void {
  if (preset !== undefined && preset !== 'role' && preset !== 'plan-and-apply') {
    throw problem('--preset', `${shown(preset)} is not a preset`, 'Use role or plan-and-apply');
  }
  if (readsData !== undefined && preset === 'role') {
    const fix = 'Add --preset plan-and-apply, or leave it out';
    throw problem('--plan-reads-data', 'there is no plan role', fix);
  }
}

function problem(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}

function printJson(blueprint: Blueprint, directory: string, files: Files, dryRun: boolean): void {
  const result = {
    ok: true,
    written: !dryRun,
    directory: resolve(directory),
    files: [...files.keys()].sort(),
    roles: blueprint.stacks.flatMap((stack) =>
      stack.roles.map((role) => ({
        ...(stack.name === undefined ? {} : { account: stack.name }),
        name: role.name,
        arn: arnOfRole(stack, role, stack.aws.accountId ?? '<account>'),
      })),
    ),
    notices: blueprint.notices,
    next: nextSteps(blueprint, directory),
  };
  printTo('stdout', `${jsonText(result)}\n`);
}

function printResult(
  blueprint: Blueprint,
  directory: string,
  files: Files,
  dryRun: boolean,
  summaryShown: boolean,
): void {
  const bold = (text: string) => styled('stdout', 'bold', text);
  const steps = nextSteps(blueprint, directory).map((step) => `  ${step}\n`);
  const hint = installHint(blueprint, columnsOf('stdout'));
  const parts = [
    ...(summaryShown ? [] : [summary(blueprint, directory, 'stdout')]),
    ...(dryRun
      ? [`${bold('Would write')}\n${tree(directory, files)}`]
      : [
          `${bold(`Wrote ${files.size} files to ${directory}; next:`)}\n${steps.join('')}`,
          ...(hint === undefined ? [] : [hint]),
          `${bold('The same again, without questions:')}\n  ${repeatCommand(blueprint, directory)}\n`,
        ]),
  ];
  printTo('stdout', `\n${parts.join('\n')}`);
}
