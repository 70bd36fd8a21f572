import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { leftOut } from './left-out.mjs';
import { licenses } from './licenses.mjs';
import { templates } from './templates-plugin.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  // Libraries as modules, of which only what is used is bundled.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  define: { __VERSION__: JSON.stringify(version) },
  plugins: [templates, leftOut],
});

await rm(`${root}dist`, { recursive: true, force: true });
await mkdir(`${root}dist`);
// Node starts CommonJS a tenth faster than modules, and esbuild splits only modules: so split first, then convert.
await Promise.all(
  outputFiles.map(async ({ path, text }) => {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: 'node20.17',
      supported: { 'dynamic-import': false },
      minify: true,
    });
    await writeFile(path, code, { mode: basename(path) === 'cli.js' ? 0o755 : 0o644 });
  }),
);
await writeFile(`${root}dist/package.json`, `${JSON.stringify({ type: 'commonjs' })}\n`);
await writeFile(
  `${root}THIRD-PARTY-LICENSES.txt`,
  await licenses(root, Object.keys(metafile.inputs)),
);
