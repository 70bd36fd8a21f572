import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { templates } from './templates-plugin.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/main.ts', 'bench/generate-roles.ts'],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    define: { __VERSION__: '"bench"' },
    plugins: [templates],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const { main } = await import(pathToFileURL(join(folder, 'main.mjs')).href);
  await main({ root, folder, names: process.argv.slice(2) });
} finally {
  await rm(folder, { recursive: true, force: true });
}
