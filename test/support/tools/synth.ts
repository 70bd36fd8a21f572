import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import type { Files } from '../../../src/render/files.ts';
import { run } from './run.ts';

/**
 * Runs a rendered CDKTF app with the real cdktf, or another app with the libraries that it takes.
 *
 * @param modules the folder that holds the libraries
 * @returns the synthesised stack, `cdk.tf.json`
 * @throws {Error} when a file of it does not parse
 */
export async function synthesised(files: Files, modules = 'node_modules'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'synth-'));
  try {
    await symlink(resolve(modules), join(folder, 'node_modules'));
    for (const [path, text] of files) {
      if (!path.endsWith('.ts')) continue;
      const target = join(folder, path.replace(/\.ts$/, '.js'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, javascript(text, path));
    }
    await run(process.execPath, ['main.js'], folder);
    return await readFile(join(folder, 'cdktf.out/stacks/gitlab-oidc/cdk.tf.json'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
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
