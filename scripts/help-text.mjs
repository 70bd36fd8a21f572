import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { bundle } from './bundle.mjs';

/**
 * Writes what `--help` shows of the program, so that showing it loads nothing else. It is made by the program's own code, from
 * the commands' records.
 *
 * @param {string} root the project's folder, ending in a slash
 * @param {string} version what `VERSION` is in it
 */
export async function writeHelpText(root, version) {
  const made = await mkdtemp(join(tmpdir(), 'help-'));
  try {
    const build = await rolldown(bundle(root, ENTRIES, version));
    await build.write({ dir: made, format: 'esm', entryFileNames: '[name].mjs' });
    await build.close();
    const [{ helpOn }, { placeholder }] = await Promise.all(
      ['help', 'prepared'].map((name) => import(pathToFileURL(join(made, `${name}.mjs`)).href)),
    );
    await writeFile(`${root}dist/help.txt`, await helpOn(undefined, placeholder));
  } finally {
    await rm(made, { recursive: true });
  }
}

const ENTRIES = ['help', 'prepared'].map((name) => `src/commands/help/${name}.ts`);
