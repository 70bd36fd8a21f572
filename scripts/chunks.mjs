import { existsSync, readdirSync } from 'node:fs';

/**
 * Puts what `create` loads into three chunks, since Node reads the whole of each before it runs any of it, and each takes its
 * time to find: the file that starts the program and shows help; what a first run uses, and most of it every run; and what
 * only some answers, findings and questions need, which is read when it is used. The records of the other commands are one
 * chunk, which few runs load whole. Other modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let entry, create, now, records;
  const is = (names, id) => id.startsWith(root) && names.test(id.slice(root.length));
  return (id, modules) => {
    const loadedBy = (paths, isLeftOut = () => false) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) =>
          (modules.getModuleInfo(module)?.importedIds ?? []).filter((one) => !isLeftOut(one)),
      );
    entry ??= loadedBy(['cli']);
    create ??= loadedBy(CREATE);
    now ??= loadedBy(CREATE, (imported) => is(LATER, imported));
    records ??= loadedBy(RECORDS);
    if (/\/node_modules\/@(aws|aws-sdk|smithy)\//.test(id)) return 'aws-sdk';
    if (entry.has(id)) return 'cli';
    if (now.has(id)) return 'program';
    if (create.has(id) || is(SHARED, id)) return 'later';
    return records.has(id) ? 'records' : null;
  };
}

const CREATE = [
  'commands/arguments',
  'commands/unknown-command',
  'commands/create/command',
  'commands/create/create',
];

/** What is known of the commands without running one. */
const RECORDS = readdirSync(new URL('../src/commands/', import.meta.url))
  .map((name) => `commands/${name}/command`)
  .filter((path) => existsSync(new URL(`../src/${path}.ts`, import.meta.url)));

/**
 * What most first runs do not use; `test/package/first-run.test.ts` has one. What only these load is later too. None of it may
 * be used while the program is loaded, since it uses the program itself.
 */
const LATER = modules(
  'access/gitlab-issuers',
  'access/reach/.*',
  'access/tokens/(request-keys|canonical-condition|too-many)',
  'answers/(shape-problem|check/bootstrap-of-accounts|check/role-patterns|per-project/name)',
  'answers/refresh/.*',
  'blueprint/accounts/(shared-roles|app-state)',
  'blueprint/bootstrap/(pipeline-policies|accounts|marks|boundary|state-bucket)',
  'blueprint/organization/(rcp|scp)',
  'gitlab/(remote|protection|version)',
  'iam/(inline-policy|provider-actions|escalation/(managed-policies|paths)|evaluate/statement-text)',
  'interview/(by-flag/.*|accounts/ask-accounts|ask-sources|ask-refs|ask-environment|permissions|preset|role-details|list|about-gitlab-com|first-flaw)',
  'interview/(guide|reading)/.*',
  'lint/(about|lint|estate|opened)',
  'render/accounts/(account-pipeline|cdktf-accounts|terraform-accounts)',
  'render/bootstrap/(configuration|template|parameters|marked)',
  'render/escape/cloudformation',
  'text/known-names',
  'workspace/repository-path',
);

/** What several other commands share, and what is too little for a file of its own. */
const SHARED = modules(
  'access/(account|place)',
  'aws/organization/account',
  'commands/(once-for-accounts|unreadable|create/findings-text)',
  'gitlab/settings/findings',
  'network/(http-answer|private-cas)',
  'terminal/(format-named|secrets)',
  'workspace/plain-file',
);

function modules(...paths) {
  return new RegExp(`^src/(${paths.join('|')})\\.ts$`);
}

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
