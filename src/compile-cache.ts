import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

type Wrapped = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  file: string,
  folder: string,
) => void;

/**
 * Keeps what V8 has compiled of the program for the next run of the same command, after a run that went well. Node's
 * own compile cache, which Node 20 lacks, keeps a file as it is when it is loaded, without the functions that are
 * compiled when they are first called, which are most of the time (`docs/architecture.md`).
 *
 * It is kept beside the program, not in a folder of the system where another user of the machine could have laid down
 * what is run. The names of chunks hold a hash of their content, and V8 refuses what another V8 has compiled; damage it
 * does not see, so a file is on the disk before it has its name. NODE_DISABLE_COMPILE_CACHE=1 turns it off, as it does
 * Node's; a folder that cannot be written is passed over.
 *
 * @see https://nodejs.org/api/vm.html#scriptcreatecacheddata
 */
export function keepCompiled(command: string): void {
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return;
  const folder = join(__dirname, '..', '.cache', `${process.version}-${process.arch}`, command);
  const compiled = new Map<string, Script>();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- in words only: no other hook takes what is compiled
  const { extensions } = require;
  const ordinary = extensions['.js'];
  extensions['.js'] = (module, file) => {
    if (dirname(file) !== __dirname) {
      ordinary(module, file);
      return;
    }
    const kept = join(folder, basename(file));
    // The build leaves ASCII alone in it, which is read fastest so.
    const source = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'latin1')}\n})`;
    const script = new Script(source, { filename: file, cachedData: contentOf(kept) });
    if (script.cachedDataRejected !== false) compiled.set(kept, script);
    const run = script.runInThisContext() as Wrapped;
    run(module.exports, module.require.bind(module) as NodeJS.Require, module, file, __dirname);
  };
  process.on('exit', (code) => {
    if (code === 0) for (const [kept, script] of compiled) keep(kept, script);
  });
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Another run may read or write the same file. */
function keep(path: string, script: Script): void {
  const made = `${path}.${process.pid}`;
  const isKept = succeeds(() => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(made, script.createCachedData(), { flush: true });
    renameSync(made, path);
  });
  if (!isKept)
    succeeds(() => {
      rmSync(made, { force: true });
    });
}

function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
