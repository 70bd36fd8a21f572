import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument, type CollectionTag } from 'yaml';

/** A job of a GitLab CI file, hidden ones too: the parts that the tests read. */
interface CiJob {
  readonly extends?: string | readonly string[];
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly before_script?: readonly ScriptLine[];
  readonly script?: readonly ScriptLine[];
  readonly artifacts?: Readonly<Record<string, unknown>>;
}

/** A list where the line is a `!reference`. */
type ScriptLine = string | readonly string[];

export type CiFile = Readonly<Record<string, CiJob>>;

const GENERATED = new URL('../../generated/', import.meta.url);

const CI_FILES = ['.gitlab-ci.yml', 'ci/assume-role.gitlab-ci.yml'] as const;

const reference: CollectionTag = {
  tag: '!reference',
  collection: 'seq',
  resolve: (sequence) => sequence,
};

export const goldens: readonly string[] = readdirSync(GENERATED).sort();

/** The folder of a golden repository. */
export function goldenFolder(golden: string): string {
  return fileURLToPath(new URL(golden, GENERATED));
}

/** Every CI file of every golden repository, by its path in `generated/`. */
export function emittedCiFiles(): [path: string, text: string][] {
  return goldens.flatMap((golden) =>
    CI_FILES.map((file): [string, string] => {
      const path = `${golden}/${file}`;
      return [path, readFileSync(new URL(path, GENERATED), 'utf8')];
    }),
  );
}

/** The file that a golden repository offers to application projects. */
export function assumeRoleFile(golden: string): CiFile {
  return parseCiFile(
    readFileSync(new URL(`${golden}/ci/assume-role.gitlab-ci.yml`, GENERATED), 'utf8'),
  );
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
