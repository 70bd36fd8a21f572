import type { Draft } from '../answers/read.ts';
import { answersOfFlags } from '../permissions/packs.ts';
import { shown } from '../text/flaw.ts';
import { readExactJson } from '../text/json-text.ts';
import { nameAndValue, namesAndValues } from '../text/name-and-value.ts';
import { ProblemError, type Problem } from '../text/problem.ts';
import { instanceOf, isDraft, withAnswer } from './draft.ts';
import type { ReadFile } from '../terminal/read-flag-file.ts';
import { readAccountId, readDuration, readThumbprint } from './reading/numbers.ts';
import { accountsOfFlags } from './accounts/accounts-of-flags.ts';
import type { FoundAccounts } from './accounts/found-accounts.ts';
import { ROLE_FLAGS, type FlagValues } from './flags.ts';
import { withPastedProjects } from './pasted-projects.ts';

const noFiles: ReadFile = () => {
  throw new Error('no flag names a file here');
};

type FlagSetting = readonly [path: string, value: unknown];

/** Puts the flags about instance, account and output into a draft; they win over what is there. */
function applySharedFlags(
  draft: Draft,
  flags: FlagValues,
  found: FoundAccounts | undefined,
): Draft {
  return apply(draft, [
    ['gitlab.url', flags['gitlab-url']],
    ['gitlab.issuer', flags.issuer],
    ['gitlab.audience', flags.audience],
    ['gitlab.sub_components', flags['sub-component']],
    ['gitlab.repository', flags.repository],
    ['aws.partition', flags.partition],
    ['aws.region', flags.region],
    ['aws.account_id', flags['account-id'] && readAccountId(flags['account-id'])],
    ['accounts', accountsOfFlags(flags, found)],
    ['accounts_from', found?.source],
    ['provider.mode', flags.provider],
    ['provider.thumbprints', flags.thumbprint?.map(readThumbprint)],
    ['output', flags.output],
    ['state.backend', flags.state],
    ['state.bucket', flags['state-bucket']],
    ['state.key', flags['state-key']],
    ['state.region', flags['state-region']],
    ['state.name', flags['state-name']],
    ['ci.credentials', flags.credentials],
    ['ci.generator', generator(flags.generator)],
    ['ci.generator.integrity', flags['generator-integrity']],
    ['ci.access_map', flags['access-map']],
    ['ci.audit.roles', flags['audit-role']],
  ]);
}

/**
 * Puts the flags about a role into a draft of one.
 *
 * @throws {ProblemError} for a flag whose value has not the form it needs
 */
export function applyRoleFlags(
  role: Draft,
  flags: FlagValues,
  readFile: ReadFile = noFiles,
): Draft {
  return apply(role, [
    ['name', flags['role-name']],
    ['description', flags['role-description']],
    ['path', flags['role-path']],
    ['tags', namesAndValues(flags['role-tag'], '--role-tag')],
    ['permissions_boundary', flags['permissions-boundary']],
    ['session_duration', duration(flags['session-duration'])],
    ['projects', flags.project?.map((text) => withId(text, 'id', '--project'))],
    [
      'groups',
      flags.group?.map((text) => ({
        ...withId(text, 'namespace_id', '--group'),
        accept_new_projects: flags['accept-new-projects'] ?? false,
      })),
    ],
    ['per_project', flags['per-project']],
    ['refs.branches', flags.branch],
    ['refs.tags', flags.tag],
    ['refs.protected_only', flags['protected-only']],
    ['pipeline_sources', flags['pipeline-source']],
    ['runner_environment', flags['runner-environment']],
    ['environment_protected', flags['environment-protected']],
    ['deployment_tier', flags['deployment-tier']],
    ...Object.entries(answersOfFlags(flags)).map(([path, value]): FlagSetting => [
      `permissions.${path}`,
      value,
    ]),
    ['permissions.managed_policies', flags['managed-policy']],
    ['permissions.inline_policies', inlinePolicies(flags['policy-file'], readFile)],
    ['permissions.accept_administrator', flags['accept-administrator'] || undefined],
  ]);
}

/**
 * Adds all flags to the answers of a file.
 *
 * @param found the accounts that `--accounts-from` names
 * @throws {ProblemError} when flags about a role meet several roles
 */
export function applyFlags(
  draft: Draft,
  given: FlagValues,
  readFile: ReadFile,
  found?: FoundAccounts,
): Draft {
  const shared = applySharedFlags(draft, given, found);
  const flags = withPastedProjects(given, instanceOf(shared));
  if (Object.keys(applyRoleFlags({}, flags, readFile)).length === 0) return shared;
  const roles = draft['roles'] ?? [{}];
  if (!Array.isArray(roles)) return shared;
  if (roles.length !== 1) {
    const flag = Object.keys(flags).find((name) => name in ROLE_FLAGS) ?? 'protected-only';
    throw new ProblemError([
      {
        where: `--${flag}`,
        what: `the file has ${roles.length} roles, and a flag cannot say which it means`,
        fix: 'Make that change in the file',
      },
    ]);
  }
  const [role] = roles as unknown[];
  return isDraft(role) ? { ...shared, roles: [applyRoleFlags(role, flags, readFile)] } : shared;
}

function apply(draft: Draft, settings: readonly FlagSetting[]): Draft {
  return settings.reduce(
    (result, [path, value]) => (value === undefined ? result : withAnswer(result, path, value)),
    draft,
  );
}

function refuse(flag: string, what: string, fix: string): never {
  const problem: Problem = { where: flag, what, fix };
  throw new ProblemError([problem]);
}

function withId(text: string, key: 'id' | 'namespace_id', flag: string): Draft {
  const { path, id } = pathAndId(text, flag);
  return id === undefined ? { path } : { path, [key]: id };
}

/**
 * A path with its numeric id, where there is one: `mygroup/myproject=20`.
 *
 * @throws {ProblemError} for an id that is not a number
 */
export function pathAndId(text: string, flag: string): { path: string; id: number | undefined } {
  const at = text.indexOf('=');
  if (at < 0) return { path: text, id: undefined };
  return { path: text.slice(0, at), id: number(text.slice(at + 1), flag) };
}

function duration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const fix = 'Give it as 1h, 60m or 3600';
  return (
    readDuration(text) ?? refuse('--session-duration', `${shown(text)} is not a duration`, fix)
  );
}

function number(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  if (/^(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  const flaw = /^\d+$/.test(text) ? 'has a leading zero or too many digits' : 'is not a number';
  return refuse(
    flag,
    `${shown(text)} ${flaw}`,
    'Give it in digits, 15 at most, without a leading zero',
  );
}

/** Replaces the answer as a whole: an integrity belongs to one package. */
function generator(text: string | undefined): Draft | 'none' | undefined {
  return text === undefined || text === 'none' ? text : { package: text };
}

function inlinePolicies(
  texts: readonly string[] | undefined,
  readFile: ReadFile,
): Draft[] | undefined {
  return texts?.map((text) => {
    const [name, path] = nameAndValue(text, '--policy-file');
    const result = readExactJson(readFile(path, '--policy-file'));
    if ('flaw' in result) refuse('--policy-file', `${shown(path)} ${result.flaw}`, 'Correct it');
    return { name, policy: result.json };
  });
}
