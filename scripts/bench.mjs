import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  const build = await rolldown(bundle(root, ['bench/main.ts', 'bench/generate-roles.ts'], 'bench'));
  await build.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs' });
  await build.close();
  const { main } = await import(pathToFileURL(join(folder, 'main.mjs')).href);
  await main({ root, folder, names: process.argv.slice(2) });
} finally {
  await rm(folder, { recursive: true, force: true });
}
