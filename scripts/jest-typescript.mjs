import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

export default {
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      define: { __VERSION__: JSON.stringify(version) },
      sourcefile: path,
      sourcemap: 'external',
    });
    return { code, map };
  },
};
