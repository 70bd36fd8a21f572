import type { Draft } from '../../answers/complete.ts';
import { readExactJson } from '../../text/json-text.ts';
import { shown } from '../../text/flaw.ts';
import { nameAndValue, namesAndValues } from '../../text/name-and-value.ts';
import { ProblemError } from '../../text/problem.ts';
import type { ReadFile } from '../../terminal/read-flag-file.ts';
import type { FlagValues } from '../flags.ts';
import { readAccountId, readDuration, readThumbprint } from '../reading/numbers.ts';

/** The flag of one answer. */
export interface FlagAnswer {
  readonly flag: keyof FlagValues;
  /** Of the answer in the answers or, for a flag about a role, in the role. */
  readonly path: string;
  /** What the flag answers; `undefined` where it was not given, or answers nothing. */
  answerOf(flags: FlagValues, readFile: ReadFile): unknown;
}

type ReadFlag<F extends keyof FlagValues> = (
  value: NonNullable<FlagValues[F]>,
  flags: FlagValues,
  readFile: ReadFile,
) => unknown;

function answer<F extends keyof FlagValues>(
  flag: F,
  path: string,
  read: ReadFlag<F> = (value) => value,
): FlagAnswer {
  return {
    flag,
    path,
    answerOf: (flags, readFile) => {
      const value = flags[flag];
      return value === undefined ? undefined : read(value, flags, readFile);
    },
  };
}

/** Of the instance, the account and the output; the accounts are another matter. */
export const SHARED_ANSWERS: readonly FlagAnswer[] = [
  answer('gitlab-url', 'gitlab.url'),
  answer('issuer', 'gitlab.issuer'),
  answer('audience', 'gitlab.audience'),
  answer('sub-component', 'gitlab.sub_components'),
  answer('repository', 'gitlab.repository'),
  answer('partition', 'aws.partition'),
  answer('region', 'aws.region'),
  answer('account-id', 'aws.account_id', readAccountId),
  answer('provider', 'provider.mode'),
  answer('thumbprint', 'provider.thumbprints', (texts) => texts.map(readThumbprint)),
  answer('output', 'output'),
  answer('state', 'state.backend'),
  answer('state-bucket', 'state.bucket'),
  answer('state-key', 'state.key'),
  answer('state-region', 'state.region'),
  answer('state-name', 'state.name'),
  answer('credentials', 'ci.credentials'),
  // Replaces the answer as a whole: an integrity belongs to one package.
  answer('generator', 'ci.generator', (text) => (text === 'none' ? text : { package: text })),
  answer('generator-integrity', 'ci.generator.integrity'),
  answer('access-map', 'ci.access_map'),
  answer('audit-role', 'ci.audit.roles'),
];

/** Who may assume a role, and the role itself. */
export const WHO_ANSWERS: readonly FlagAnswer[] = [
  answer('role-name', 'name'),
  answer('role-description', 'description'),
  answer('role-path', 'path'),
  answer('role-tag', 'tags', (texts) => namesAndValues(texts, '--role-tag')),
  answer('permissions-boundary', 'permissions_boundary'),
  answer('session-duration', 'session_duration', duration),
  answer('project', 'projects', (texts) => texts.map((text) => withId(text, 'id', '--project'))),
  answer('group', 'groups', (texts, { 'accept-new-projects': yes = false }) =>
    texts.map((text) => ({
      ...withId(text, 'namespace_id', '--group'),
      accept_new_projects: yes,
    })),
  ),
  answer('per-project', 'per_project'),
  answer('branch', 'refs.branches'),
  answer('tag', 'refs.tags'),
  answer('protected-only', 'refs.protected_only'),
  answer('pipeline-source', 'pipeline_sources'),
  answer('runner-environment', 'runner_environment'),
  answer('environment-protected', 'environment_protected'),
  answer('deployment-tier', 'deployment_tier'),
];

/** What a role may do, beside the packs. */
export const POLICY_ANSWERS: readonly FlagAnswer[] = [
  answer('managed-policy', 'permissions.managed_policies'),
  answer('policy-file', 'permissions.inline_policies', (texts, _, readFile) =>
    texts.map((text) => inlinePolicy(text, readFile)),
  ),
  answer('accept-administrator', 'permissions.accept_administrator', (yes) => yes || undefined),
];

function refuse(where: string, what: string, fix: string): never {
  throw new ProblemError([{ where, what, fix }]);
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

function duration(text: string): number {
  const fix = 'Give it as 1h, 60m or 3600';
  return (
    readDuration(text) ?? refuse('--session-duration', `${shown(text)} is not a duration`, fix)
  );
}

function number(text: string, flag: string): number {
  if (/^(0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  const flaw = /^\d+$/.test(text) ? 'has a leading zero or too many digits' : 'is not a number';
  return refuse(
    flag,
    `${shown(text)} ${flaw}`,
    'Give it in digits, 15 at most, without a leading zero',
  );
}

function inlinePolicy(text: string, readFile: ReadFile): Draft {
  const [name, path] = nameAndValue(text, '--policy-file', 'NAME=FILE');
  const result = readExactJson(readFile(path, '--policy-file'));
  if ('flaw' in result) refuse('--policy-file', `${shown(path)} ${result.flaw}`, 'Correct it');
  return { name, policy: result.json };
}
