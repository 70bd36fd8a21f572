import { readFile, rm, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licenses } from './licenses.mjs';
import { templateModule } from './template-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

const templates = {
  name: 'templates',
  setup({ onLoad }) {
    onLoad({ filter: /\.hbs$/ }, async ({ path }) => ({
      contents: templateModule(
        await readFile(path, 'utf8'),
        relative(root, path),
        `${root}src/render/template.ts`,
      ),
      loader: 'js',
      resolveDir: root,
    }));
  },
};

/** gitbeaker's rate limiters are not used: its resources ask through a requester of this project. */
const unused = {
  name: 'unused',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.(rate-limiter-flexible|picomatch-browser).index\.js$/ }, () => ({
      contents: 'export default {}; export const RateLimiterQueue = undefined, RateLimiterMemory = undefined;',
    }));
  },
};

await rm(`${root}dist`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  minify: true,
  legalComments: 'none',
  metafile: true,
  define: { __VERSION__: JSON.stringify(version) },
  // Some bundled libraries are CommonJS and ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  plugins: [templates, unused],
});
await writeFile(
  `${root}THIRD-PARTY-LICENSES.txt`,
  await licenses(root, Object.keys(metafile.inputs)),
);
