import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { completeAnswers, readAnswersText, type AnswersFile } from '../answers/read.ts';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { blueprintOf } from '../blueprint/build.ts';
import { policiesOf } from '../blueprint/policies.ts';
import { readJson } from '../text/json-text.ts';
import { policiesIn, type FoundPolicy } from '../aws/inputs/policy-documents.ts';
import { ProblemError } from '../text/problem.ts';

/** Trust policies to look at, and the blueprint they follow from, where there is one. */
export interface PolicyInput {
  readonly source: string;
  readonly policies: readonly FoundPolicy[];
  readonly blueprint?: Blueprint;
  /** The answers that the blueprint follows from. */
  readonly answers?: AnswersFile;
}

/** A state of many thousand roles is below this; what is larger is something else. Bytes. */
const MOST = 8_000_000;

/**
 * Reads a generated repository, an answers file, or trust policies in JSON; `-` is standard input.
 *
 * @throws {ProblemError} when there is nothing of the kind
 */
export async function readPolicies(input: string): Promise<PolicyInput> {
  const path = await answersFileOf(input);
  const text = await read(path);
  if (text.trim() === '') throw refused(input, 'it is empty');
  if (text.length > MOST) throw refused(input, 'it has more than 8 MB');
  if (/^\s*[[{]/.test(text)) {
    const result = readJson(text);
    if ('flaw' in result) throw refused(input, `it ${result.flaw}`);
    return { source: input, policies: policiesIn(result.json, input) };
  }
  if (!/^[ \t\ufeff]*(#|version:|---)/m.test(text))
    throw refused(input, 'it is neither JSON nor an answers file');
  const answers = readAnswersText(text, path);
  const blueprint = blueprintOf(completeAnswers(answers.draft, answers.locate));
  return { source: input, policies: policiesOf(blueprint), blueprint, answers };
}

async function answersFileOf(input: string): Promise<string> {
  if (input === '-') return input;
  const found = await stat(input).catch(() => undefined);
  if (!found) throw refused(input, 'there is no such file or folder');
  if (found.isFile() && found.size > MOST) throw refused(input, 'it has more than 8 MB');
  return found.isDirectory() ? join(input, ANSWERS_FILE) : input;
}

async function read(path: string): Promise<string> {
  if (path === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
  }
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw refused(path, 'it cannot be read');
  }
}

function refused(where: string, what: string): ProblemError {
  return new ProblemError([
    {
      where,
      what,
      fix: 'Give a generated repository, an answers file, a trust policy, the output of aws iam get-role or of terraform show -json, or - for standard input',
    },
  ]);
}
