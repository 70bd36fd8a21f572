import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templateModule } from './template-module.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A Rolldown plugin that compiles Handlebars templates when the bundle is made. */
export const templates = {
  name: 'templates',
  load: {
    filter: { id: /\.hbs$/ },
    handler: async (path) => ({
      code: templateModule(
        await readFile(path, 'utf8'),
        relative(root, path),
        `${root}src/render/template/template.ts`,
      ),
      moduleType: 'js',
    }),
  },
};
