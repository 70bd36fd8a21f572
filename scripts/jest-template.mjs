import { fileURLToPath } from 'node:url';
import { templateModule } from './template-module.mjs';

const runtime = fileURLToPath(new URL('../src/render/template/template.ts', import.meta.url));

export default {
  process: (source, path) => ({ code: templateModule(source, path, runtime) }),
};
