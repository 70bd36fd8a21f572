/**
 * Puts what `create` loads into three chunks, since each further one takes its time: what `--help` loads too, what the
 * commands load that only judge policies, and the rest. Other modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let start, create, judging;
  return (id, modules) => {
    const loadedBy = (...paths) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) => modules.getModuleInfo(module)?.importedIds ?? [],
      );
    start ??= loadedBy('cli', 'commands/help');
    create ??= loadedBy('commands/create/command');
    judging ??= loadedBy('commands/explain/command', 'commands/lint/command');
    if (!create.has(id)) return null;
    if (start.has(id)) return 'start';
    return judging.has(id) ? 'policy' : 'create';
  };
}

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
