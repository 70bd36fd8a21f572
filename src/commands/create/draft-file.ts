import { renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { readYaml } from '../../answers/yaml/yaml-text.ts';
import type { GivenAnswer } from '../../interview/conversation/given-answer.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { ProblemError } from '../../text/problem.ts';

const text = v.pipe(v.string(), v.minLength(1));

const DraftSchema = v.strictObject({
  draft: v.literal(1),
  folder: text,
  /** What flags and an answers file answer. */
  given: v.record(v.string(), v.unknown()),
  preset: v.optional(text),
  plan_reads_data: v.optional(v.boolean()),
  ca_file: v.optional(text),
  /** The text of `--config`. */
  config: v.optional(v.string()),
  answers: v.array(
    v.strictObject({
      flag: text,
      question: text,
      answer: v.union([v.string(), v.boolean(), v.array(v.string())]),
    }),
  ),
});

/** An interview that has not ended: what was given before it and what was answered. It never holds a token. */
export type InterviewDraft = Omit<v.InferOutput<typeof DraftSchema>, 'answers'> & {
  readonly answers: readonly GivenAnswer[];
};

const NAME = 'gitlab-aws-oidc.draft';

/** @throws {ProblemError} for a file that cannot be read or is not a draft */
export async function readDraft(path: string): Promise<InterviewDraft> {
  const { content } = readYaml(await readFlagText(path, '--resume'), path);
  const result = v.safeParse(DraftSchema, content);
  if (result.success) return result.output;
  const fix = 'Name a file that an interrupted interview wrote, e.g. gitlab-aws-oidc.draft.yaml';
  throw new ProblemError([{ where: path, what: 'the file is not a draft', fix }]);
}

/**
 * Writes a draft that only its owner can read. JSON is YAML, and is written without loading an editor of YAML, since this
 * also runs while the program is being ended.
 *
 * @param resumed the draft that this interview began from, which is replaced; other files are kept
 * @returns the name of the file
 */
export function writeDraft(draft: InterviewDraft, resumed: string | undefined): string {
  const content = `# Answers to create-gitlab-aws-oidc so far; no token is among them.\n${JSON.stringify(draft, undefined, 2)}\n`;
  for (let number = 1; ; number++) {
    const name = `${NAME}${number === 1 ? '' : `-${number}`}.yaml`;
    const isWritten = writeNew(name, content);
    if (!isWritten) continue;
    if (resumed === undefined) return name;
    renameSync(name, resumed);
    return resumed;
  }
}

/** @returns whether there was no file of that name */
function writeNew(name: string, content: string): boolean {
  try {
    writeFileSync(name, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
