import { stat } from 'node:fs/promises';
import { accountOf, isInAccount } from '../../access/account.ts';
import { deniesOf } from '../../access/controls.ts';
import { labelOfRole } from '../../blueprint/policies.ts';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { askAwsLater } from './gather-aws.ts';
import { readRoleArn } from '../role-arn.ts';
import type { Facts, Repository, KnownTrust, Variables } from './facts.ts';
import { givenToken } from './given-token.ts';
import { claim } from './token-facts.ts';
import { shown } from '../../text/flaw.ts';
import { inspectIssuer } from '../../gitlab/issuer/inspect.ts';
import { privateCas } from '../../network/private-cas.ts';
import type { RoleContext } from '../../access/role-context.ts';
import { ANY_ACCOUNT, roleArn } from '../../iam/arn.ts';
import { fixOfUnknown, oneOf } from '../../text/known-names.ts';
import { ProblemError } from '../../text/problem.ts';
import type { QuestionFlags } from './question-flags.ts';
import { readRoleInputs, type RoleInputs, withPipeline } from '../../repository/policy-inputs.ts';

/** The flags of `doctor`. The rest comes from the environment, the issuer and AWS. */
export interface DoctorFlags extends QuestionFlags {
  readonly claims?: string;
  readonly 'role-arn'?: string;
  readonly role?: string;
  readonly account?: string;
  readonly 'session-name'?: string;
  readonly duration?: string;
  readonly issuer?: string;
  readonly 'ca-file'?: string;
  readonly 'allow-private'?: boolean;
  readonly live?: boolean;
  readonly try?: boolean;
}

/** What is known, and the claims that were assumed because they were not given. */
export interface Case {
  readonly facts: Facts;
  readonly assumed: readonly string[];
}

/**
 * Gathers everything that the checks examine. Asks the issuer, and AWS where `--live` or `--try` is given.
 *
 * @param input a generated repository, an answers file, or a trust policy
 * @throws {ProblemError} for input that cannot be read
 */
export async function factsOf(
  input: string | undefined,
  flags: DoctorFlags,
  env: NodeJS.ProcessEnv,
  now: number,
): Promise<Case> {
  const policies = await policiesFrom(input);
  const job = jobOf(flags, env);
  const chosen = roleOf(policies, flags, job, env);
  const given = await givenToken(flags, job, policies?.blueprint);
  const configured = policies?.blueprint?.issuer.url;
  const known: Facts = {
    now,
    ...(job ? { job } : {}),
    ...given.facts,
    ...chosen,
    session: sessionOf(flags, job),
  };
  const iss = claim(known, 'iss') ?? flags.issuer ?? configured ?? job?.['CI_SERVER_URL'];
  const [issuer, aws] = await Promise.all([
    iss === undefined ? undefined : inspectIssuer(iss, await connectionOf(flags, env)),
    flags.live || flags.try ? askAwsLater(known, flags, env) : undefined,
  ]);
  return { facts: { ...known, ...(issuer ? { issuer } : {}), ...aws }, assumed: given.assumed };
}

/** The variables of the job, where this runs inside one and no flag gives another token. */
function jobOf(flags: DoctorFlags, env: NodeJS.ProcessEnv): Variables | undefined {
  if (namesToken(flags)) return undefined;
  const inside = env['GITLAB_CI'] !== undefined;
  const token = env['AWS_ID_TOKEN'] ?? env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  return inside || (!flags.live && token !== undefined) ? env : undefined;
}

function namesToken(flags: DoctorFlags): boolean {
  const { project, sub, claims, 'token-file': file } = flags;
  return [project, sub, claims, file].some((flag) => flag !== undefined);
}

async function policiesFrom(input: string | undefined): Promise<RoleInputs | undefined> {
  if (input !== undefined) return readRoleInputs([input]);
  return (await stat(ANSWERS_FILE).catch(() => undefined)) ? readRoleInputs(['.']) : undefined;
}

interface Chosen {
  readonly role?: NonNullable<Facts['role']>;
  readonly trust?: KnownTrust;
  readonly repository?: Repository;
  readonly provider?: NonNullable<Facts['provider']>;
}

/** The role that is asked about: by its ARN, by its name, or by both. @throws {ProblemError} for an account without a role */
function requested(flags: DoctorFlags, job: Variables | undefined) {
  const text = flags['role-arn'] ?? (flags.role === undefined ? job?.['AWS_ROLE_ARN'] : undefined);
  const given = text === undefined ? undefined : readRoleArn(text);
  const named = flags.role ?? (given && 'name' in given ? given.name : undefined);
  if (flags.account !== undefined && named === undefined)
    throw usage('--account', 'it is the account of a role, and no role is given', 'Add --role');
  return { given, named };
}

/** The requested role, with what the input knows about it. */
function roleOf(
  input: RoleInputs | undefined,
  flags: DoctorFlags,
  job: Variables | undefined,
  env: Variables,
): Chosen {
  const { given, named } = requested(flags, job);
  if (!input) return given ? { role: given } : {};
  const found = policyNamed(input, named, {
    asked: flags.role !== undefined,
    account: flags.account ?? (given && 'account' in given ? given.account : undefined),
    isMeant: flags.account !== undefined,
  });
  const trust = found && trustOf(found, input);
  const repository = found && repositoryOf(found, input);
  const stack = input.blueprint?.stacks.find(({ name }) => name === found?.key.accountName);
  const account = stack?.aws.accountId ?? env['AWS_ACCOUNT_ID'];
  const role =
    given ??
    (found?.name !== undefined && stack && account
      ? readRoleArn(roleArn(stack.aws.partition, account, found.path ?? '/', found.name))
      : undefined);
  return {
    ...(role ? { role } : {}),
    ...(trust ? { trust } : {}),
    ...(repository ? { repository, ...providerOf(repository) } : {}),
  };
}

function policyNamed(
  input: RoleInputs,
  name: string | undefined,
  {
    asked,
    account,
    isMeant,
  }: {
    readonly asked: boolean;
    readonly account: string | undefined;
    /** The account was given as such: that of an ARN may be the very mistake to find. */
    readonly isMeant: boolean;
  },
): RoleContext | undefined {
  const { roles } = withPipeline(input).inventory;
  const all = roles.filter((one) => one.label === name || one.name === name);
  const isNamed = all.some(({ key }) => accountOf(key) !== ANY_ACCOUNT);
  const found = all.length > 1 || (isNamed && isMeant) ? inAccount(all, account) : all[0];
  if (asked && !found) {
    throw usage(
      '--role',
      `the input has no role ${shown(name ?? '')}`,
      fixOfUnknown(name ?? '', [...new Set(roles.map((one) => one.name ?? one.label))]),
    );
  }
  if (found) return found;
  const [only, ...others] = input.inventory.roles;
  return others.length === 0 ? only : undefined;
}

/** @throws {ProblemError} where the account is not given, or has no such role */
function inAccount(roles: readonly RoleContext[], account: string | undefined): RoleContext {
  const found = roles.find((one) => account !== undefined && isInAccount(one.key, account));
  if (found) return found;
  const accounts = roles.map(({ key }) => accountOf(key));
  throw account === undefined
    ? usage('--account', `the role is in ${roles.length} accounts`, oneOf(accounts))
    : usage(
        '--account',
        `the role is not in the account ${shown(account)}`,
        fixOfUnknown(account, accounts),
      );
}

function trustOf(role: RoleContext, { blueprint }: RoleInputs): KnownTrust {
  const { trust, key, maxSessionDuration } = role;
  return {
    policy: trust,
    denies: deniesOf(role),
    from: blueprint ? 'answers' : 'file',
    account: key.account,
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
  };
}

function repositoryOf(
  { label, trust }: RoleContext,
  { blueprint, answers }: RoleInputs,
): Repository | undefined {
  if (!blueprint || !answers) return undefined;
  const found = blueprint.stacks
    .flatMap((stack) => stack.roles.map((role) => ({ stack, role })))
    .find((one) => labelOfRole(one.stack, one.role) === label);
  if (!found) return undefined;
  const { stack, role } = found;
  const roles = answers.draft['roles'] as readonly {
    readonly name?: unknown;
    readonly differences?: object;
  }[];
  const index = roles.findIndex((one) => one.name === role.partOf);
  const account = stack.name ?? '';
  const differs = Object.hasOwn(roles[index]?.differences ?? {}, account);
  return {
    blueprint,
    stack,
    role,
    policy: trust,
    locate: answers.locate,
    where: `roles[${index}]${differs ? `.differences.${account}` : ''}`,
  };
}

/** The provider that the repository creates. An existing one can differ from the answers. */
function providerOf({ blueprint, stack }: Repository): Pick<Chosen, 'provider'> {
  const { issuer } = blueprint;
  const { provider } = stack;
  if (provider.mode === 'existing') return {};
  const { thumbprints } = provider;
  return {
    provider: { from: 'answers', issuer: issuer.prefix, audiences: issuer.audiences, thumbprints },
  };
}

function sessionOf(flags: DoctorFlags, job: Variables | undefined): Facts['session'] {
  const name = flags['session-name'] ?? job?.['AWS_ROLE_SESSION_NAME'];
  const seconds = flags.duration ?? job?.['AWS_ROLE_DURATION'];
  return {
    ...(name === undefined ? {} : { name }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
  };
}

async function connectionOf(flags: DoctorFlags, env: NodeJS.ProcessEnv) {
  const file = flags['ca-file'];
  try {
    const allowPrivate = flags['allow-private'] ?? false;
    return { env, allowPrivate, privateCas: await privateCas(env, file) };
  } catch {
    throw usage(
      '--ca-file',
      `${shown(file ?? '')} cannot be read`,
      'Name a file with certificates in PEM',
    );
  }
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
