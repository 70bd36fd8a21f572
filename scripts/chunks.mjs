import { existsSync, readdirSync } from 'node:fs';

/**
 * Puts what `create` loads into a few chunks, since each further one takes its time: the file that starts the program and shows
 * help, what reads the arguments, what the commands load that only judge policies, the rest, and what the first run of most
 * people does not use, which is read when it is used. The records of the other commands are one chunk, which few runs load
 * whole. Other modules are left to the bundler.
 *
 * @param {string} root the project's folder, ending in a slash
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
export function chunksOf(root) {
  let entry, start, create, soon, judging, records;
  const isLater = (id) => LATER.test(id.slice(root.length));
  return (id, modules) => {
    const loadedBy = (paths, but = () => false) =>
      closure(
        paths.map((path) => `${root}src/${path}.ts`),
        (module) =>
          (modules.getModuleInfo(module)?.importedIds ?? []).filter((imported) => !but(imported)),
      );
    entry ??= loadedBy(['cli']);
    start ??= loadedBy(START);
    create ??= loadedBy(CREATE);
    soon ??= loadedBy(CREATE, isLater);
    judging ??= loadedBy(['commands/explain/explain', 'commands/lint/lint']);
    records ??= loadedBy(RECORDS);
    if (/\/node_modules\/@(aws|aws-sdk|smithy)\//.test(id)) return 'aws-sdk';
    if (entry.has(id) || id === RUNTIME) return 'cli';
    if (start.has(id)) return 'start';
    if (create.has(id)) {
      const chunk = judging.has(id) ? 'policy' : 'create';
      return soon.has(id) ? chunk : `later-${chunk}`;
    }
    return records.has(id) ? 'records' : null;
  };
}

/** What the bundler itself adds. */
const RUNTIME = '\0rolldown/runtime.js';

const START = ['commands/arguments', 'commands/unknown-command', 'commands/create/command'];
const CREATE = ['commands/create/create'];

/** What is known of the commands without running one. */
const RECORDS = readdirSync(new URL('../src/commands/', import.meta.url))
  .map((name) => `commands/${name}/command`)
  .filter((path) => existsSync(new URL(`../src/${path}.ts`, import.meta.url)));

/**
 * What only some answers, findings and questions need. What is loaded by these modules alone is in their chunk too.
 */
const LATER = new RegExp(
  `^src/(?:${[
    'interview/(?:accounts/ask-accounts|ask-sources|ask-refs|ask-environment|permissions|preset|role-details|list|about-gitlab-com|first-flaw)',
    'interview/(?:guide|reading)/.*',
    'answers/refresh/.*',
    'answers/(?:shape-problem|check/bootstrap-of-accounts|check/role-patterns|per-project/name)',
    'blueprint/accounts/(?:shared-roles|app-state)',
    'blueprint/bootstrap/(?:pipeline-policies|accounts|marks|boundary|state-bucket)',
    'blueprint/organization/(?:rcp|scp)',
    'gitlab/(?:remote|protection|version)',
    'iam/(?:inline-policy|provider-actions|escalation/managed-policies|evaluate/statement-text)',
    'access/tokens/(?:request-keys|canonical-condition|too-many)',
    'lint/(?:about|lint|estate)',
    'access/gitlab-issuers',
    'render/bootstrap/(?:configuration|template|parameters|marked)',
    'render/accounts/(?:account-pipeline|cdktf-accounts|terraform-accounts)',
    'render/escape/cloudformation',
    'workspace/repository-path',
    'text/known-names',
  ].join('|')})\\.ts$`,
);

function closure(starts, next) {
  const found = new Set(starts);
  for (const module of found) for (const imported of next(module)) found.add(imported);
  return found;
}
