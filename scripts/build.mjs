import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { late } from './late-plugin.mjs';
import { ascii } from './ascii-plugin.mjs';
import { bundle } from './bundle.mjs';
import { LATE, LATE_OF_NODE, chunksOf } from './chunks.mjs';
import { shortExports } from './exports-plugin.mjs';
import { writeHelpText } from './help-text.mjs';
import { licenses } from './licenses.mjs';
import { storedTemplates, templateLines } from './templates-plugin.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

await rm(`${root}dist`, { recursive: true, force: true });
const program = bundle(root, ['src/cli.ts'], version);
const build = await rolldown({
  ...program,
  plugins: [storedTemplates, ...program.plugins, late(LATE, LATE_OF_NODE), shortExports, ascii],
  preserveEntrySignatures: false,
});
const { output } = await build.write({
  dir: `${root}dist`,
  // Node starts CommonJS a tenth faster than modules.
  format: 'cjs',
  minify: true,
  comments: false,
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: [{ debugName: 'chunks', name: chunksOf(root), includeDependenciesRecursively: false }],
  },
});
await build.close();
await chmod(`${root}dist/cli.js`, 0o755);
await writeHelpText(root, version);
await writeFile(`${root}dist/templates.txt`, templateLines());
await writeFile(`${root}dist/package.json`, `${JSON.stringify({ type: 'commonjs' })}\n`);
await writeFile(
  `${root}THIRD-PARTY-LICENSES.txt`,
  await licenses(output.flatMap(({ moduleIds = [] }) => moduleIds)),
);
