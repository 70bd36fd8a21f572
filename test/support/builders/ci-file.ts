import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, type CollectionTag } from 'yaml';
import { goldenFolder, GOLDENS } from './goldens.ts';

/** A job of a GitLab CI file, hidden ones too: the parts that the tests read. */
interface CiJob {
  readonly extends?: string | readonly string[];
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly ScriptLine[];
  readonly script?: readonly ScriptLine[];
  readonly after_script?: readonly ScriptLine[];
  readonly artifacts?: Readonly<Record<string, unknown>>;
  readonly environment?: unknown;
  readonly needs?: readonly string[];
}

/** A list where the line is a `!reference`. */
type ScriptLine = string | readonly string[];

export type CiFile = Readonly<Record<string, CiJob>>;

const ASSUME_ROLE = 'ci/assume-role.gitlab-ci.yml';
const CI_FILES = ['.gitlab-ci.yml', ASSUME_ROLE];

const reference: CollectionTag = {
  tag: '!reference',
  collection: 'seq',
  resolve: (sequence) => sequence,
};

/** Every CI file of every golden repository, by its path in `generated/`. */
export function emittedCiFiles(): [path: string, text: string][] {
  return GOLDENS.flatMap((golden) =>
    CI_FILES.map((file): [string, string] => [
      `${golden}/${file}`,
      readFileSync(join(goldenFolder(golden), file), 'utf8'),
    ]),
  );
}

/** The file that a golden repository offers to application projects. */
export function assumeRoleFile(golden: string): CiFile {
  return parseCiFile(readFileSync(join(goldenFolder(golden), ASSUME_ROLE), 'utf8'));
}

/** The names of the jobs that application jobs extend. */
export function roleJobs(file: CiFile): string[] {
  return Object.keys(file).filter((job) => job.startsWith('.aws-role-'));
}

/** Reads a CI file as the given YAML version has it, and refuses all that `yaml` remarks on. */
export function parseCiFile(text: string, version: '1.1' | '1.2' = '1.2'): CiFile {
  const document = parseDocument(text, {
    version,
    strict: true,
    uniqueKeys: true,
    customTags: [reference],
  });
  const remarks = [...document.errors, ...document.warnings].map(({ message }) => message);
  if (remarks.length > 0) throw new Error(remarks.join('\n'));
  return document.toJS() as CiFile;
}
