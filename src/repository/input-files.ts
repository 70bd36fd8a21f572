import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../aws/inputs/text/decode-text.ts';
import type { InputText } from '../aws/inputs/read-inputs.ts';
import { piecesOf } from '../terminal/read-flag-text.ts';
import { ProblemError } from '../text/problem.ts';

/** JavaScript holds no longer text than about 500 MB; an account's dump has 4 kB for each role. Bytes. */
const MOST_BYTES = 400_000_000;
const MOST_FILES = 10_000;
const DEEPEST = 32;

const READ = /\.(tf|tofu|tfvars|tftpl|tpl)$|\.(json|jsonl|ndjson|tfstate|ya?ml|template)(\.gz)?$/i;
/** Folders that tools fill: what they hold is not what the user means. */
const PASSED_OVER = /^(\.|node_modules$)/;

/** A file to read, and whether it was found in a folder that the user named. */
export type InputFile = Omit<InputText, 'text' | 'fault'>;

/**
 * Reads a file, the files below a folder, or standard input (`-`). Pipes and `/dev/fd` are read to their end.
 *
 * @throws {ProblemError} where the input does not exist, cannot be read or is too large
 */
export async function readInputFiles(input: string): Promise<InputText[]> {
  const texts: InputText[] = [];
  for (const one of listInputFiles(input))
    texts.push({ ...one, text: await readInputFile(one.file) });
  return texts;
}

/**
 * The same, but a file of a folder that cannot be read does not keep the others from being read.
 *
 * @throws {ProblemError} where the input does not exist, or is a file that cannot be read
 */
export async function readFilesOfInput(input: string): Promise<InputText[]> {
  const texts: InputText[] = [];
  for (const one of listInputFiles(input)) {
    try {
      texts.push({ ...one, text: await readInputFile(one.file) });
    } catch (error) {
      const [fault] = one.isFound && error instanceof ProblemError ? error.problems : [];
      if (!fault) throw error;
      texts.push({ ...one, text: '', fault: { what: fault.what, fix: fault.fix } });
    }
  }
  return texts;
}

/**
 * The files that an input stands for, without reading them.
 *
 * @throws {ProblemError} where the input does not exist, or has too many files
 */
export function listInputFiles(input: string): InputFile[] {
  if (input === '-') return [{ file: input, isFound: false }];
  const found = seen(() => statSync(input));
  if (!found) throw refused(input, 'There is no such file or folder', 'Check the path');
  if (!found.isDirectory()) return [{ file: input, isFound: false }];
  const files = filesBelow(input, 0);
  if (files.length > MOST_FILES)
    throw refused(input, `It holds more than ${MOST_FILES} files`, 'Name the folders that matter');
  return files.map((file) => ({ file, isFound: true }));
}

/** Files in the order of their names, and folders that cannot be read. Symbolic links are not followed, so that nothing outside the folder is read. */
function filesBelow(folder: string, depth: number): string[] {
  if (depth > DEEPEST)
    throw refused(
      folder,
      `It is nested deeper than ${DEEPEST} folders`,
      'Name the folders that matter',
    );
  const entries = seen(() => readdirSync(folder, { withFileTypes: true }));
  // Who reads the files reports it, as one of them.
  if (!entries) return [folder];
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (PASSED_OVER.test(entry.name)) continue;
    if (entry.isDirectory()) files.push(...filesBelow(path, depth + 1));
    else if (entry.isFile() && READ.test(entry.name)) files.push(path);
    if (files.length > MOST_FILES) break;
  }
  return files;
}

/** `undefined` where the system refuses. Nothing is waited for: Node takes 5 ms to load its functions that wait. */
function seen<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Reads one file, or standard input. @throws {ProblemError} where it cannot be read or is too large */
export async function readInputFile(file: string): Promise<string> {
  if (file === '-') return textOf(process.stdin, file);
  const found = seen(() => statSync(file));
  if (found?.isFile() && found.size > MOST_BYTES) throw tooLarge(file);
  if (found?.isDirectory())
    throw refused(file, 'The folder cannot be read', 'Check its permissions');
  try {
    return await textOf(piecesOf(file), file);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw refused(file, 'The file cannot be read', 'Check its permissions');
  }
}

async function textOf(stream: AsyncIterable<unknown>, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > MOST_BYTES) throw tooLarge(name);
    chunks.push(part);
  }
  const [only, ...others] = chunks;
  return decodeText(only && others.length === 0 ? only : Buffer.concat(chunks));
}

function tooLarge(where: string): ProblemError {
  const what = `It is larger than ${MOST_BYTES / 1_000_000} MB`;
  return refused(where, what, 'Split it, for example by account, and give the parts together');
}

function refused(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
