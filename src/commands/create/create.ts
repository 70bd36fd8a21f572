import { jsonText } from '../../text/json-text.ts';
import { columnsOf, isInteractive, printTo, styled } from '../../terminal/output.ts';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  completeAnswers,
  readAnswersText,
  type AnswersFile,
  type Draft,
} from '../../answers/read.ts';
import type { Answers } from '../../answers/schema.ts';
import { arnOfRole } from '../../blueprint/arn-of-role.ts';
import { blueprintOf } from '../../blueprint/build.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { applyFlags } from '../../interview/apply-flags.ts';
import { AbsentPerson } from '../../interview/asker.ts';
import type { FlagValues } from '../../interview/flags.ts';
import { noFindings, type Findings } from '../../gitlab/settings/findings.ts';
import { interview } from '../../interview/interview.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import type { Files } from '../../render/files.ts';
import { renderRepository } from '../../repository/render.ts';
import { checkTarget, writeTree } from '../../workspace/write-tree.ts';
import { located } from '../../answers/located.ts';
import { readFlagFile } from '../../terminal/read-flag-file.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { finishDespiteSignals } from '../../terminal/signals.ts';
import { installHint, nextSteps, summary, tree } from './summary.ts';

export interface CreateOptions {
  readonly directory: string | undefined;
  readonly flags: FlagValues;
  readonly config: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  /** PEM file of the CA of the instance. */
  readonly caFile: string | undefined;
}

/**
 * Makes a new repository.
 *
 * @returns the exit code: 0 when it is there, or would be; 1 when the person said no
 * @throws {ProblemError} for answers, a file or a place that will not do; nothing is written then
 */
export async function create(options: CreateOptions): Promise<number> {
  const { config, json } = options;
  const interactive = !options.yes && !json && isInteractive();
  const directory = options.directory ?? 'gitlab-aws-oidc';
  if (!options.dryRun) checkTarget(directory);

  const file = config === undefined ? undefined : await readAnswersFile(config);
  const given = applyFlags(file?.draft ?? {}, options.flags, readFlagFile);
  const findings = noFindings();
  const draft = await fill(given, options, interactive, file === undefined, findings);
  const unchanged = file !== undefined && isDeepStrictEqual(draft, file.draft);
  const answers = completeAnswers(draft, file?.locate);
  const blueprint = located(file, () => blueprintOf(answers));
  const text = unchanged ? file.text : await newText(answers);
  const files = renderRepository(blueprint, answers, text);

  if (interactive) {
    const { findingsText } = await import('./findings-text.ts');
    const { instanceUrl } = blueprint.issuer;
    printTo(
      'stderr',
      `\n${summary(blueprint, directory, 'stderr')}${findingsText(findings, instanceUrl)}\n`,
    );
    const { askPerson } = await import('../../interview/ask-person.ts');
    const question = {
      flag: 'yes',
      message: options.dryRun ? 'Show what would be written?' : `Write it to ${directory}?`,
      why: 'Nothing has been written yet.',
      default: true,
    };
    if (!(await askPerson.yes(question))) return 1;
  }
  if (!options.dryRun) {
    await writeTree(directory, files);
    finishDespiteSignals();
  }
  if (json) printJson(blueprint, directory, files, options.dryRun);
  else printResult(blueprint, directory, files, options.dryRun, interactive);
  return 0;
}

async function newText(answers: Answers): Promise<string> {
  const { answersText } = await import('../../answers/write.ts');
  return answersText(answers);
}

async function fill(
  draft: Draft,
  { flags, yes, caFile }: CreateOptions,
  interactive: boolean,
  everything: boolean,
  findings: Findings,
) {
  const preset = flags.preset ?? (everything && interactive ? undefined : 'role');
  if (preset !== undefined && preset !== 'role' && preset !== 'plan-and-apply') {
    throw new ProblemError([
      {
        where: '--preset',
        what: `${shown(preset)} is no preset`,
        fix: 'Use role or plan-and-apply',
      },
    ]);
  }
  const readsData = flags['plan-reads-data'];
  if (readsData !== undefined && preset === 'role') {
    throw new ProblemError([
      {
        where: '--plan-reads-data',
        what: 'there is no plan role',
        fix: 'Add --preset plan-and-apply, or leave it out',
      },
    ]);
  }
  if (flags.preset !== undefined && !everything && draft['roles'] !== undefined) {
    throw new ProblemError([
      {
        where: '--preset',
        what: 'the file names its roles already',
        fix: 'Leave --preset out, or the roles of the file',
      },
    ]);
  }
  if (interactive) {
    const { askPerson } = await import('../../interview/ask-person.ts');
    askPerson.say(
      'A few questions, then a repository with which GitLab pipelines sign in to AWS. Nothing is written before you have seen a summary; Ctrl-C leaves nothing.',
    );
    const introduce = async (url: string) => {
      const { introduction } = await import('./introduction.ts');
      return introduction(url, caFile, findings);
    };
    return interview(
      draft,
      { preset, readsData },
      askPerson,
      everything,
      everything ? introduce : undefined,
    );
  }
  const absent = new AbsentPerson(yes);
  const filled = await interview(draft, { preset, readsData }, absent, everything);
  absent.done();
  return filled;
}

async function readAnswersFile(path: string): Promise<AnswersFile & { text: string }> {
  const text = await readFlagText(path, '--config');
  return { ...readAnswersText(text, path), text };
}

function printJson(blueprint: Blueprint, directory: string, files: Files, dryRun: boolean): void {
  const result = {
    ok: true,
    written: !dryRun,
    directory: resolve(directory),
    files: [...files.keys()].sort(),
    roles: blueprint.stacks.flatMap((stack) =>
      stack.roles.map((role) => ({
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
        ]),
  ];
  printTo('stdout', `\n${parts.join('\n')}`);
}
