import { readFileSync } from 'node:fs';
import { transformSync } from 'rolldown/utils';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

export default {
  process(source, path) {
    const { code, map, errors } = transformSync(path, source, {
      target: 'node20.17',
      define: { __VERSION__: JSON.stringify(version) },
      sourcemap: true,
    });
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return { code, map };
  },
};
