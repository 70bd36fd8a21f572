import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import type { Files } from '../../../src/render/files.ts';
import { run } from './run.ts';

/**
 * Runs a rendered CDKTF app with the real cdktf, or another app with the libraries that it takes.
 *
 * @param modules the folder that holds the libraries
 * @returns the synthesized stack, `cdk.tf.json`
 * @throws {Error} when a file of it does not parse
 */
export async function synthesized(files: Files, modules = 'node_modules'): Promise<string> {
  const [stacks = []] = await synthesisedEach([files], modules);
  return stacks[0] ?? '';
}

const EACH = `
for (const app of process.argv.slice(2)) {
  process.chdir(app);
  require(app + '/main.js');
}
`;

/** Every stack of several apps, in one process: most of the time goes into loading the libraries. */
export async function synthesisedEach(
  apps: readonly Files[],
  modules = 'node_modules',
): Promise<string[][]> {
  const root = await mkdtemp(join(tmpdir(), 'synth-'));
  try {
    await symlink(resolve(modules), join(root, 'node_modules'));
    await writeFile(join(root, 'each.cjs'), EACH);
    const folders = apps.map((_, index) => join(root, `app-${index}`));
    for (const [index, folder] of folders.entries())
      await writeApp(folder, apps[index] ?? new Map());
    await run(process.execPath, ['each.cjs', ...folders], root);
    return await Promise.all(folders.map((folder) => stacksIn(join(folder, 'cdktf.out/stacks'))));
  } finally {
    await rm(root, { recursive: true });
  }
}

/** What each stack was synthesized to, in the order of their names. */
async function stacksIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name, 'cdk.tf.json'), 'utf8')));
}

/** The TypeScript of an app, as JavaScript. */
async function writeApp(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    if (!path.endsWith('.ts')) continue;
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, javascript(text, path));
  }
}

function javascript(text: string, fileName: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const [error] = diagnostics;
  if (error)
    throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(error.messageText, '\n')}`);
  return outputText;
}
