import { readFileSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { moduleOf, programOf } from './template-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const runtime = `${root}src/render/template/`;

/** A Rolldown plugin that compiles Handlebars templates when the bundle is made. */
export const templates = pluginOf('templates', (path) =>
  moduleOf(JSON.stringify(compiled(path)), `${runtime}template.ts`),
);

/** The same, for templates that stand in the file of {@link templateLines}. */
export const storedTemplates = pluginOf('stored-templates', (path) => {
  const line = PATHS.indexOf(relative(root, path));
  if (line < 0) throw new Error(`${path} is not among the templates`);
  const stored = `import { stored } from ${JSON.stringify(`${runtime}stored.ts`)};\n`;
  return `${stored}${moduleOf(`stored(${line})`, `${runtime}template.ts`)}`;
});

const PATHS = readdirSync(`${root}templates`, { recursive: true })
  .filter((path) => path.endsWith('.hbs'))
  .map((path) => `templates/${path}`)
  .sort();

/** All templates, one a line, as `src/render/template/stored.ts` reads them. */
export function templateLines() {
  return PATHS.map((path) => `${JSON.stringify(compiled(`${root}${path}`))}\n`).join('');
}

function compiled(path) {
  return programOf(readFileSync(path, 'utf8'), relative(root, path));
}

function pluginOf(name, code) {
  const handler = (path) => ({ code: code(path), moduleType: 'js' });
  return { name, load: { filter: { id: /\.hbs$/ }, handler } };
}
