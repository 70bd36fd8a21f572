import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The absolute path of a file that comes with the program, which is `dist/cli.js` in its package. */
export function inPackage(path: string): string {
  return join(dirname(dirname(realpathSync(process.argv[1] ?? '.'))), path);
}
