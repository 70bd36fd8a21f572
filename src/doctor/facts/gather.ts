import { stat } from 'node:fs/promises';
import { ANSWERS_FILE } from '../../answers/file-names.ts';
import { askAwsLater } from './gather-aws.ts';
import { readRoleArn } from '../role-arn.ts';
import type { Claims, Facts, Repository, Trust, Variables } from './facts.ts';
import { objectOf, readToken } from '../token.ts';
import { claim } from './token-facts.ts';
import { shown } from '../../text/flaw.ts';
import { inspectIssuer } from '../../gitlab/issuer/inspect.ts';
import { privateCas } from '../../network/private-cas.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
import type { FoundPolicy } from '../../aws/inputs/policy-documents.ts';
import { ProblemError } from '../../text/problem.ts';
import { readFlagText } from '../../terminal/read-flag-text.ts';
import { questionOf, type QuestionFlags } from './question.ts';
import { readPolicies, type PolicyInput } from '../../repository/policy-inputs.ts';

/** What `doctor` is told by flags; the rest it takes from the environment, the issuer and AWS. */
export interface DoctorFlags extends QuestionFlags {
  readonly claims?: string;
  readonly 'role-arn'?: string;
  readonly role?: string;
  readonly 'session-name'?: string;
  readonly duration?: string;
  readonly issuer?: string;
  readonly 'ca-file'?: string;
  readonly live?: boolean;
  readonly try?: boolean;
}

/** What is known, and the claims that nobody gave and that were taken for granted. */
export interface Case {
  readonly facts: Facts;
  readonly assumed: readonly string[];
}

/**
 * Gathers everything that the checks look at. Asks the issuer, and AWS where `--live` or `--try` says so.
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
  const said = await claimsOf(flags, job, chosen.repository);
  const told = chosen.repository?.blueprint.issuer.url;
  const known: Facts = {
    now,
    ...(job ? { job } : {}),
    ...said.facts,
    ...chosen,
    session: sessionOf(flags, job),
  };
  const iss = claim(known, 'iss') ?? flags.issuer ?? told ?? job?.['CI_SERVER_URL'];
  const [issuer, aws] = await Promise.all([
    iss === undefined ? undefined : inspectIssuer(iss, await surroundings(flags, env)),
    flags.live || flags.try ? askAwsLater(known, flags, env) : undefined,
  ]);
  return { facts: { ...known, ...(issuer ? { issuer } : {}), ...aws }, assumed: said.assumed };
}

/** The variables of the job, where this runs in one and its token is meant. */
function jobOf(flags: DoctorFlags, env: NodeJS.ProcessEnv): Variables | undefined {
  if (isTold(flags)) return undefined;
  const inside = env['GITLAB_CI'] !== undefined;
  const token = env['AWS_ID_TOKEN'] ?? env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  return inside || (!flags.live && token !== undefined) ? env : undefined;
}

function isTold(flags: DoctorFlags): boolean {
  const { project, sub, claims, 'token-file': file } = flags;
  return [project, sub, claims, file].some((flag) => flag !== undefined);
}

async function policiesFrom(input: string | undefined): Promise<PolicyInput | undefined> {
  if (input !== undefined) return readPolicies(input);
  return (await stat(ANSWERS_FILE).catch(() => undefined)) ? readPolicies('.') : undefined;
}

interface Chosen {
  readonly role?: NonNullable<Facts['role']>;
  readonly trust?: Trust;
  readonly repository?: Repository;
  readonly provider?: NonNullable<Facts['provider']>;
}

/** The role that is meant, with what the input says of it. */
function roleOf(
  input: PolicyInput | undefined,
  flags: DoctorFlags,
  job: Variables | undefined,
  env: Variables,
): Chosen {
  const text = flags['role-arn'] ?? (flags.role === undefined ? job?.['AWS_ROLE_ARN'] : undefined);
  const given = text === undefined ? undefined : readRoleArn(text);
  if (!input) return given ? { role: given } : {};
  const named = flags.role ?? (given && 'name' in given ? given.name : undefined);
  const found = policyNamed(input, named, flags.role !== undefined);
  const trust = found && trustOf(found, input);
  const repository = found && repositoryOf(found, input);
  const account = repository?.blueprint.aws.accountId ?? env['AWS_ACCOUNT_ID'];
  const role =
    given ?? (repository && account ? readRoleArn(repository.role.arn(account)) : undefined);
  return {
    ...(role ? { role } : {}),
    ...(trust ? { trust } : {}),
    ...(repository ? { repository, ...providerOf(repository) } : {}),
  };
}

function policyNamed(
  { policies }: PolicyInput,
  name: string | undefined,
  asked: boolean,
): FoundPolicy | undefined {
  const found = policies.find((one) => one.name === name || one.context.roleName === name);
  if (asked && !found) {
    throw usage(
      '--role',
      `there is no role ${name ?? ''}`,
      `Use one of ${policies.map((one) => one.name).join(', ')}`,
    );
  }
  return found ?? (policies.length === 1 ? policies[0] : undefined);
}

function trustOf({ policy, context }: FoundPolicy, { blueprint }: PolicyInput): Trust {
  const { maxSessionDuration } = context;
  return {
    policy,
    from: blueprint ? 'answers' : 'file',
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
  };
}

function repositoryOf(
  { name, policy }: FoundPolicy,
  { blueprint, answers }: PolicyInput,
): Repository | undefined {
  const role = blueprint?.roles.find((one) => one.name === name);
  if (!blueprint || !answers || !role) return undefined;
  const roles = answers.draft['roles'] as readonly { readonly name?: unknown }[];
  const index = roles.findIndex((one) => one.name === role.partOf);
  return { blueprint, role, policy, locate: answers.locate, where: `roles[${index}]` };
}

/** The provider that the repository makes; one that was there before may be otherwise. */
function providerOf({ blueprint }: Repository): Pick<Chosen, 'provider'> {
  const { issuer, provider } = blueprint;
  if (provider.mode === 'existing') return {};
  const { thumbprints } = provider;
  return {
    provider: { from: 'answers', issuer: issuer.prefix, audiences: [issuer.audience], thumbprints },
  };
}

interface Said {
  readonly facts: Pick<Facts, 'token' | 'claims'>;
  readonly assumed: readonly string[];
}

async function claimsOf(
  flags: DoctorFlags,
  job: Variables | undefined,
  repository: Repository | undefined,
): Promise<Said> {
  const { claims, 'token-file': file, project, sub } = flags;
  if (claims !== undefined) return { facts: { claims: await pasted(claims) }, assumed: [] };
  if (file !== undefined) return withToken(await readFlagText(file, '--token-file'));
  if (project !== undefined || sub !== undefined) {
    const iss = flags.issuer ?? repository?.blueprint.issuer.url ?? 'https://gitlab.com';
    const question = questionOf(flags, issuerOfUrl(iss), repository?.blueprint);
    return {
      facts: { claims: { iss, ...question.claims } },
      assumed: question.assumed,
    };
  }
  const own = job?.['AWS_ID_TOKEN'];
  if (own) return withToken(own);
  const named = job?.['AWS_WEB_IDENTITY_TOKEN_FILE'];
  if (named) return withToken(await readFlagText(named, 'AWS_WEB_IDENTITY_TOKEN_FILE'));
  return { facts: {}, assumed: [] };
}

function withToken(text: string): Said {
  const token = readToken(text);
  return { facts: { token, ...('claims' in token ? { claims: token.claims } : {}) }, assumed: [] };
}

async function pasted(file: string): Promise<Claims> {
  const claims = objectOf(await readFlagText(file, '--claims'));
  if (typeof claims !== 'string') return claims;
  throw usage('--claims', `what it names ${claims}`, 'Give the token’s claims as one JSON object');
}

function sessionOf(flags: DoctorFlags, job: Variables | undefined): Facts['session'] {
  const name = flags['session-name'] ?? job?.['AWS_ROLE_SESSION_NAME'];
  const seconds = flags.duration ?? job?.['AWS_ROLE_DURATION'];
  return {
    ...(name === undefined ? {} : { name }),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
  };
}

async function surroundings(flags: DoctorFlags, env: NodeJS.ProcessEnv) {
  const file = flags['ca-file'];
  try {
    return { env, privateCas: await privateCas(env, file) };
  } catch {
    throw usage(
      '--ca-file',
      `${shown(file ?? '')} cannot be read`,
      'Name a file of certificates in PEM',
    );
  }
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
