import { existsSync, readdirSync } from 'node:fs';

/**
 * Puts what `create` loads into four chunks, since each further one takes its time: the file that starts the program and shows
 * help, what reads the arguments, what the commands load that only judge policies, and the rest. The records of the other
 * commands are one chunk, which few runs load whole. Other modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let entry, start, create, judging, records;
  return (id, modules) => {
    const loadedBy = (...paths) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) => modules.getModuleInfo(module)?.importedIds ?? [],
      );
    entry ??= loadedBy('cli');
    start ??= loadedBy('commands/arguments', 'commands/unknown-command', 'commands/create/command');
    create ??= loadedBy('commands/create/create');
    judging ??= loadedBy('commands/explain/explain', 'commands/lint/lint');
    records ??= loadedBy(...RECORDS);
    if (/(\/node_modules\/|^left-out:)@(aws|aws-sdk|smithy)\//.test(id)) return 'aws-sdk';
    if (entry.has(id)) return 'cli';
    if (start.has(id)) return 'start';
    if (create.has(id)) return judging.has(id) ? 'policy' : 'create';
    if (SMALL.some((path) => id === `${root}src/${path}.ts`)) return 'policy';
    return records.has(id) ? 'records' : null;
  };
}

/** What several commands that check policies need, and which is shorter than a file of its own would be. */
const SMALL = [
  'access/account',
  'access/place',
  'aws/organization/account',
  'commands/once-for-accounts',
  'commands/today',
  'commands/unreadable',
  'terminal/format-named',
  'terminal/secrets',
];

/** What is known of the commands without running one. */
const RECORDS = readdirSync(new URL('../src/commands/', import.meta.url))
  .map((name) => `commands/${name}/command`)
  .filter((path) => existsSync(new URL(`../src/${path}.ts`, import.meta.url)));

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
