import { existsSync, readdirSync } from 'node:fs';

/**
 * Puts what `create` loads into three chunks, since each further one takes its time: what `--help` loads too, what the
 * commands load that only judge policies, and the rest. Other modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let entry, start, create, judging;
  return (id, modules) => {
    const loadedBy = (...paths) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) => modules.getModuleInfo(module)?.importedIds ?? [],
      );
    entry ??= loadedBy('cli');
    start ??= loadedBy('commands/arguments', ...RECORDS);
    create ??= loadedBy('commands/create/create', 'commands/arguments', ...RECORDS);
    judging ??= loadedBy('commands/explain/explain', 'commands/lint/lint');
    if (/\/node_modules\/@(aws|aws-sdk|smithy)\//.test(id)) return 'aws-sdk';
    if (entry.has(id)) return 'cli';
    if (!create.has(id)) return null;
    if (start.has(id)) return 'start';
    return judging.has(id) ? 'policy' : 'create';
  };
}

/** What is known of the commands without running one, which help shows. */
const RECORDS = readdirSync(new URL('../src/commands/', import.meta.url))
  .map((name) => `commands/${name}/command`)
  .filter((path) => existsSync(new URL(`../src/${path}.ts`, import.meta.url)));

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
