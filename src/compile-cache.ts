import nodeModule from 'node:module';
import { join } from 'node:path';

/** Node 22.1 and newer; the types are of the oldest Node that is supported. */
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => void };

/**
 * Lets Node keep the compiled program for the next run, where it can. It is kept beside the program and not in Node's
 * own place, a folder of the system's temporary one, where another user of the machine could have laid down what is
 * run. NODE_DISABLE_COMPILE_CACHE=1 turns it off; a folder that cannot be written is passed over.
 *
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
export function keepCompiled(): void {
  enableCompileCache?.(join(__dirname, '..', '.cache'));
}
