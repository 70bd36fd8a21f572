import { existsSync, readdirSync } from 'node:fs';

/** All code that a first run loads which asks no questions and is for one account; the second is the bundler's own. */
export const FIRST_RUN = ['cli', 'rolldown-runtime', 'start', 'create', 'policy'];

/** Modules of Node that load a dozen others, and that commands which only read files do without. */
export const LATE_OF_NODE = ['child_process', 'crypto', 'fs/promises'];

/**
 * Chunks that are loaded when something of them is used: what `create` calls only where it asks questions, makes several accounts
 * or reports who may assume a role, what reads YAML and asks git, and what speaks to GitLab and AWS.
 */
export const LATE = ['asking', 'accounts', 'judging', 'files', 'network', 'aws-sdk'];

/**
 * Puts the modules into few chunks, since each further file takes its time when it is loaded, and again when the package is
 * unpacked: {@link FIRST_RUN}, which are the file that starts the program and shows help, what reads the arguments, the rest of
 * `create`, and what other commands load as well; {@link LATE} those that it does without; and {@link LATER} the others.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let chunks;
  return (id, modules) => {
    const loadedBy = (paths) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) => modules.getModuleInfo(module)?.importedIds ?? [],
      );
    chunks ??= {
      cli: loadedBy(['cli']),
      start: loadedBy([
        'commands/arguments',
        'commands/unknown-command',
        'commands/create/command',
      ]),
      create: loadedBy(['commands/create/create', 'answers/write']),
      shared: loadedBy(['commands/explain/explain', 'commands/lint/lint']),
      later: Object.entries(LATER).map(([name, paths]) => [name, loadedBy(paths)]),
    };
    const { cli, start, create, shared, later } = chunks;
    const path = id.replace(`${root}src/`, '');
    const library = LIBRARIES.find(([pattern]) => pattern.test(id));
    if (library) return library[1];
    if (cli.has(id)) return 'cli';
    if (start.has(id)) return 'start';
    if (create.has(id)) return lateChunk(path) ?? (shared.has(id) ? 'policy' : 'create');
    if (SMALL.some((name) => path === `${name}.ts`)) return 'policy';
    return later.find(([, ids]) => ids.has(id))?.[0];
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
  'text/line-numbers',
];

/** What is known of the commands without running one. */
const RECORDS = readdirSync(new URL('../src/commands/', import.meta.url))
  .map((name) => `commands/${name}/command`)
  .filter((path) => existsSync(new URL(`../src/${path}.ts`, import.meta.url)));

/**
 * The chunks that a first run does without, each with the modules for which it is loaded. What these import is in the first of
 * the chunks that needs it.
 */
const LATER = {
  files: [
    'answers/yaml/yaml-text',
    'repository/earlier',
    'workspace/git',
    'commands/create/draft-file',
  ],
  network: [
    'commands/create/findings-text',
    'commands/gitlab-token',
    'gitlab/api/open',
    'gitlab/issuer/inspect',
    'network/private-cas',
    'network/proxy-agent',
  ],
  'aws-sdk': [
    'aws/live/credentials',
    'aws/live/failure',
    'aws/live/organization-policies',
    'aws/live/read-account',
    'aws/organization/list-accounts',
    'aws/sdk',
  ],
  accounts: ['aws/organization/accounts-in-text', 'interview/accounts/found-accounts'],
  person: ['commands/create/with-person', 'interview/person/ask-person'],
  records: [
    ...RECORDS,
    'commands/completion/script',
    'commands/help/help',
    'commands/lint/rules-report',
    'terminal/failure',
  ],
  inputs: [
    'access/denied-by-controls',
    'commands/sarif-parts',
    'lint/gate/settings',
    'repository/policy-inputs',
  ],
  update: [
    'commands/edit/edit',
    'commands/update/refresh',
    'commands/update/refresh-accounts',
    'commands/update/update',
  ],
  checks: [
    'commands/compare/compare',
    'commands/explain/explain',
    'commands/lint/lint',
    'doctor/facts/question',
  ],
  audit: [
    'audit/live/read-live',
    'audit/map/earlier',
    'commands/audit/ask-gitlab',
    'commands/audit/audit',
  ],
  map: ['audit/map/map-page', 'commands/explain/explain-map'],
  doctor: ['commands/doctor/doctor', 'doctor/facts/ask-aws'],
};

/** Where libraries belong that are loaded on demand. */
const LIBRARIES = [
  [/(\/node_modules\/|left-out:)@(aws|aws-sdk|smithy)\//, 'aws-sdk'],
  [/\/node_modules\/(agent-base|https-proxy-agent)\/|left-out:debug$/, 'network'],
];

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
