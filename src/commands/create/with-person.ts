import type { Draft } from '../../answers/read.ts';
import { noFindings, type Findings } from '../../gitlab/settings/findings.ts';
import { askSetup } from '../../interview/ask-setup.ts';
import type { Person } from '../../interview/asker.ts';
import { Conversation } from '../../interview/conversation/conversation.ts';
import { StepBack } from '../../interview/asker.ts';
import { interview } from '../../interview/interview.ts';
import { askPersonWithBack as person } from '../../interview/person/ask-person.ts';
import type { PresetChoice } from '../../interview/preset.ts';
import { printTo } from '../../terminal/output.ts';
import { reportInterruptionAs } from '../../terminal/signals.ts';
import { ProblemError, type Problem } from '../../text/problem.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { checkTarget } from '../../workspace/write-tree.ts';
import { writeDraft, type InterviewDraft } from './draft-file.ts';
import { findingsText } from './findings-text.ts';
import { introduction } from './introduction.ts';
import { makeRepository, type GivenFile, type Made } from './made.ts';
import { summary } from './summary.ts';

export interface Beginning {
  readonly directory: string;
  /** What flags and an answers file answer. */
  readonly given: Draft;
  readonly preset: PresetChoice;
  readonly file: GivenFile | undefined;
  readonly caFile: string | undefined;
  /** Names a problem of the answers as the person gave them. */
  readonly name: (problem: Problem) => Problem;
  readonly dryRun: boolean;
  /** The draft that this run goes on with, and its file. */
  readonly resumed: { readonly draft: InterviewDraft; readonly path: string } | undefined;
}

/** A repository to write, and where; `undefined` where the person ended without one. */
export type Agreed = (Made & { readonly directory: string }) | undefined;

/**
 * Asks a person until they agree to a summary. Until then, whatever ends the program leaves a draft.
 *
 * @throws {ProblemError} for answers that do not go together
 */
export async function createWithPerson(beginning: Beginning): Promise<Agreed> {
  const { resumed } = beginning;
  const conversation = new Conversation(person, resumed?.draft.answers);
  let { directory } = beginning;
  const save = () => {
    const name = writeDraft(draftOf(beginning, directory, conversation), resumed?.path);
    const command = `create-gitlab-aws-oidc create --resume ${pastedWord(name)}`;
    printTo('stderr', `\nDraft saved: ${name} (it holds no token). Resume with:\n  ${command}\n`);
  };
  process.on('exit', save);
  // The draft that is saved is a file, so "nothing was written" would be wrong.
  const otherwise = reportInterruptionAs('Interrupted.');
  const end = (agreed: Agreed): Agreed => {
    process.off('exit', save);
    reportInterruptionAs(otherwise);
    return agreed;
  };
  person.say(
    'Answer a few questions and check a summary before anything is written. Esc or < goes back.',
  );
  for (;;) {
    const findings = noFindings();
    const draft = await conversation.run((asked) => ask(asked, conversation, beginning, findings));
    const made = await makeRepository(draft, beginning.file, beginning.name);
    for (;;) {
      const { instanceUrl } = made.blueprint.issuer;
      const text = summary(made.blueprint, directory, 'stderr');
      const found = findingsText(findings, instanceUrl).trimEnd();
      printTo('stderr', `\n${text}${found === '' ? '' : `\n${found}\n`}`);
      const next = await backwards(() => askNext(directory, beginning.dryRun));
      if (next === 'write') return end({ ...made, directory });
      if (next === 'cancel') return end(undefined);
      if (next === 'draft') {
        save();
        return end(undefined);
      }
      if (next === 'folder') {
        directory = (await backwards(() => askFolder(directory))) ?? directory;
        continue;
      }
      if (next === undefined) {
        conversation.stepBack();
        break;
      }
      const question = await backwards(() => askQuestion(conversation));
      if (question === undefined) continue;
      conversation.askAgain(question);
      break;
    }
  }
}

async function ask(
  asked: Person,
  conversation: Conversation,
  { given, preset, file, caFile }: Beginning,
  findings: Findings,
): Promise<Draft> {
  if (file !== undefined) return interview(given, preset, asked, false);
  conversation.quick = false;
  const { draft, quick } = await askSetup(given, asked);
  conversation.quick = quick;
  return interview(draft, preset, asked, true, (url) => introduction(url, asked, caFile, findings));
}

/** @returns `undefined` after a step back */
async function backwards<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof StepBack) return undefined;
    throw error;
  }
}

function askNext(directory: string, dryRun: boolean): Promise<string> {
  return person.choice({
    flag: 'yes',
    message: 'Next',
    why: 'Nothing has been written yet.',
    choices: [
      { value: 'write', name: dryRun ? 'Show the files' : `Write to ${directory}` },
      { value: 'folder', name: 'Change the folder' },
      { value: 'edit', name: 'Edit an answer' },
      { value: 'draft', name: 'Save as draft' },
      { value: 'cancel', name: 'Cancel' },
    ],
    default: 'write',
  });
}

function askFolder(directory: string): Promise<string> {
  return person.text({
    flag: 'folder',
    message: 'Folder',
    why: 'A new or empty folder, e.g. aws-access.',
    default: directory,
    check: (folder) => {
      try {
        checkTarget(folder);
        return undefined;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { what: error.problems[0]?.what ?? '', fix: 'Type the name of a new folder' };
      }
    },
  });
}

async function askQuestion(conversation: Conversation): Promise<number> {
  const choices = conversation.questions().map(({ position, question, answer }) => ({
    value: String(position),
    name: `${question}: ${answerText(answer)}`,
  }));
  const [first] = choices;
  const chosen = await person.choice({
    flag: 'yes',
    message: 'Answer to edit',
    why: 'Defaults are listed too, e.g. the AWS region.',
    choices,
    default: first?.value ?? '',
  });
  return Number(chosen);
}

function answerText(answer: string | boolean | readonly string[]): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  const text = typeof answer === 'string' ? answer : answer.join(', ');
  return text === '' ? 'none' : text;
}

function draftOf(
  { given, preset: { preset, readsData }, file, caFile }: Beginning,
  folder: string,
  conversation: Conversation,
): InterviewDraft {
  return {
    draft: 1,
    folder,
    given,
    ...(preset === undefined ? {} : { preset }),
    ...(readsData === undefined ? {} : { plan_reads_data: readsData }),
    ...(caFile === undefined ? {} : { ca_file: caFile }),
    ...(file === undefined ? {} : { config: file.text }),
    answers: conversation.given(),
  };
}
