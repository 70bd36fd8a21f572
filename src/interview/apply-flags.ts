import type { Draft } from '../answers/read.ts';
import { answersOfFlags } from '../permissions/packs.ts';
import { ProblemError } from '../text/problem.ts';
import { answerAt, instanceOf, isDraft, withAnswer } from './draft.ts';
import type { ReadFile } from '../terminal/read-flag-file.ts';
import { accountsOfFlags } from './accounts/accounts-of-flags.ts';
import type { FoundAccounts } from './accounts/found-accounts.ts';
import {
  type FlagAnswer,
  POLICY_ANSWERS,
  SHARED_ANSWERS,
  WHO_ANSWERS,
} from './by-flag/flag-answers.ts';
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
  const applied = apply(draft, [
    ...settings(SHARED_ANSWERS, flags, noFiles),
    ['accounts', accountsOfFlags(flags, found)],
    ['accounts_from', found?.source],
  ]);
  const isDigest = flags['generator-integrity'] !== undefined;
  if (isDigest && answerAt(applied, 'ci.generator.package') === undefined) {
    const what = 'there is no package that it could be the digest of';
    const fix = 'Name the package with --generator, or leave this out';
    throw new ProblemError([{ where: '--generator-integrity', what, fix }]);
  }
  return applied;
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
  const ofPacks = Object.entries(answersOfFlags(flags));
  return apply(role, [
    ...settings(WHO_ANSWERS, flags, readFile),
    ...ofPacks.map(([path, value]): FlagSetting => [`permissions.${path}`, value]),
    ...settings(POLICY_ANSWERS, flags, readFile),
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

function settings(
  answers: readonly FlagAnswer[],
  flags: FlagValues,
  readFile: ReadFile,
): FlagSetting[] {
  return answers.map((one) => [one.path, one.answerOf(flags, readFile)]);
}

function apply(draft: Draft, all: readonly FlagSetting[]): Draft {
  return all.reduce(
    (result, [path, value]) => (value === undefined ? result : withAnswer(result, path, value)),
    draft,
  );
}
