import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ANSWERS_FILE } from '../answers/file-names.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import type { Inventory } from '../access/role-context.ts';
import { linkAt } from '../workspace/plain-file.ts';
import { readInputFiles } from './input-files.ts';
import { inventoryOfRoots } from './roots.ts';

/** Where CDKTF and CDK Terrain write the Terraform that the app describes. */
export const SYNTHESIZED = 'cdktf.out';
const STACK_FILE = 'cdk.tf.json';

/** What the app in TypeScript described when it was last synthesized. */
export type Synthesized =
  | { readonly isFresh: true; readonly inventory: Inventory; readonly files: readonly string[] }
  /** Changed later than it was written: a path in the repository. */
  | { readonly isFresh: false; readonly changed: string };

/**
 * Reads what was synthesized, where that is fresh: each file of it is at least as new as each TypeScript file of the
 * repository and the answers file. The tools record no hash of the sources, so their times of change decide; a fresh
 * checkout is newer than anything that was copied into it, and then nothing is read.
 *
 * @returns `undefined` where nothing was synthesized
 * @throws {ProblemError} where it cannot be read, or a link stands in its place
 */
export async function synthesizedIn(
  repository: string,
  blueprint: Pick<Blueprint, 'stacks'>,
): Promise<Synthesized | undefined> {
  const folder = join(repository, SYNTHESIZED);
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isSymbolicLink()) throw linkAt(folder);
  if (!found?.isDirectory()) return undefined;
  const stacks = (await readInputFiles(folder)).filter(({ file }) => file.endsWith(STACK_FILE));
  if (stacks.length === 0) return undefined;
  const written = await Promise.all(stacks.map(({ file }) => changedAt(file)));
  const oldest = Math.min(...written);
  for (const path of [ANSWERS_FILE, ...(await sourcesIn(repository, '', 0))]) {
    if ((await changedAt(join(repository, path))) > oldest)
      return { isFresh: false, changed: path };
  }
  return {
    isFresh: true,
    inventory: inventoryOfRoots(stacks, blueprint, (name) => join(folder, 'stacks', name)),
    files: stacks.map(({ file }) => file),
  };
}

/** Milliseconds since 1970; 0 where there is no such file. */
async function changedAt(file: string): Promise<number> {
  return (await lstat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

const DEEPEST = 16;

/** The TypeScript of the app, without what tools put there. Links are not followed. */
async function sourcesIn(repository: string, below: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(repository, below), { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(below, entry.name);
    if (entry.isFile() && entry.name.endsWith('.ts')) paths.push(path);
    const isOwn = !/^(\.|node_modules$)/.test(entry.name) && path !== SYNTHESIZED;
    if (entry.isDirectory() && isOwn && depth < DEEPEST)
      paths.push(...(await sourcesIn(repository, path, depth + 1)));
  }
  return paths;
}
