import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { completeAnswers, readAnswersText } from '../../../src/answers/read.ts';
import { ANSWERS_FILE } from '../../../src/answers/file-names.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import type { Blueprint } from '../../../src/blueprint/blueprint.ts';

const GENERATED = 'generated';

/** The names of the golden repositories. */
export const GOLDENS = readdirSync(GENERATED).sort();

export function goldenFolder(name: string): string {
  return join(GENERATED, name);
}

/** The files of a golden as they are committed: relative path to text. */
export function committedFiles(name: string): Map<string, string> {
  const built = /^(cdktf\.out|node_modules|\.terraform)\b/;
  return new Map([...filesIn(goldenFolder(name))].filter(([path]) => !built.test(path)));
}

/** The files of a folder: relative path to text. */
export function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** What follows from a golden's answers. */
export function blueprintOfGolden(name: string): Blueprint {
  const text = readFileSync(join(goldenFolder(name), ANSWERS_FILE), 'utf8');
  return blueprintOf(completeAnswers(readAnswersText(text, name).draft));
}

/** What one run of Terraform deploys of a golden. */
export interface GoldenRoot {
  readonly golden: string;
  /** Below the golden's folder `terraform`; empty where it is that folder. */
  readonly folder: string;
  /** Of the app. */
  readonly stack: string;
}

/** The goldens that one run of Terraform deploys; `test/e2e/three-accounts.test.ts` is about the others. */
export const GOLDENS_OF_ONE_ACCOUNT = GOLDENS.filter((golden) => rootsOf(golden).length === 1);

/** The root modules of a golden: one, or one for each account. */
export function rootsOf(golden: string): readonly GoldenRoot[] {
  return blueprintOfGolden(golden).stacks.map(({ name }) =>
    name === undefined
      ? { golden, folder: '', stack: 'gitlab-oidc' }
      : { golden, folder: `accounts/${name}`, stack: name },
  );
}
