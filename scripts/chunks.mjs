import { existsSync, readdirSync } from 'node:fs';

/** Chunks of what `create` calls only where it asks questions, makes several accounts, or reports who may assume a role. */
export const LATE = ['asking', 'accounts', 'judging'];

/** Modules of Node that load a dozen others, and that commands which only read files do without. */
export const LATE_OF_NODE = ['crypto', 'fs/promises'];

/**
 * Puts what `create` loads into few chunks, since each further one takes its time: the file that starts the program and shows
 * help, what reads the arguments, what other commands load as well, the rest, and {@link LATE} those that a first run without
 * questions, for one account, does without. The records of the other commands are one chunk, which few runs load whole. Other
 * modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let entry, start, create, shared, records;
  return (id, modules) => {
    const loadedBy = (...paths) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) => modules.getModuleInfo(module)?.importedIds ?? [],
      );
    const path = id.replace(`${root}src/`, '');
    entry ??= loadedBy('cli');
    start ??= loadedBy('commands/arguments', 'commands/unknown-command', 'commands/create/command');
    create ??= loadedBy('commands/create/create');
    shared ??= loadedBy('commands/explain/explain', 'commands/lint/lint');
    records ??= loadedBy(...RECORDS);
    if (/(\/node_modules\/|^left-out:)@(aws|aws-sdk|smithy)\//.test(id)) return 'aws-sdk';
    if (entry.has(id)) return 'cli';
    if (start.has(id)) return 'start';
    if (create.has(id)) return lateChunk(path) ?? (shared.has(id) ? 'policy' : 'create');
    if (SMALL.some((name) => path === `${name}.ts`)) return 'policy';
    return records.has(id) ? 'records' : null;
  };
}

/** @param {string} path of a module that `create` loads, below `src/` */
function lateChunk(path) {
  if (FIRST.some((pattern) => new RegExp(`^${pattern}\\.ts$`).test(path))) return undefined;
  if (/^interview\/(guide\/|ask-environment|ask-sources|permissions)/.test(path)) return 'asking';
  if (/^(blueprint|render)\/(accounts|bootstrap|organization)\//.test(path)) return 'accounts';
  return /^(access|lint|iam)\//.test(path) ? 'judging' : undefined;
}

/**
 * What a first run calls all the same. Where a module is missing here, the program works, but loads a late chunk:
 * test/package/first-run notices.
 */
const FIRST = [
  'access/(access-by-shape|trust|words)',
  'access/reach/(organization|rule)',
  'access/tokens/(grammar|recognizer)',
  'blueprint/accounts/(account-text|roles-of-accounts|stacks)',
  'blueprint/bootstrap/(bootstrap|with-bootstrap)',
  'blueprint/organization/organization',
  'iam/(condition-keys|policy|trust-policy)',
  'iam/escalation/(harmless|paths)',
  'iam/evaluate/(action|json-path|operator-name|parse-policy|policy-shape|statement-text|wildcard)',
  'iam/evaluate/operators/.*',
  'iam/messages/.*',
  'lint/(lint-context|role-rules|rule|rules-about-roles)',
  'lint/attached/(attached|sighted)',
  'lint/rules/(assume-role-any|code-as-role|duration-out-of-range|long-session|name-out-of-range)',
  'lint/rules/(pass-role-any|policy-too-long|powerful-role)',
  'render/accounts/.*',
  'render/bootstrap/bootstrap',
];

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
