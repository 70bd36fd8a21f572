import type { OwnIdentity } from '../../aws/live/credentials.ts';
import type { LiveFailure } from '../../aws/live/failure.ts';
import type { OrganizationAccount } from '../../aws/organization/account.ts';
import { shown } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { glance } from '../estate/scan.ts';
import { AccountCache } from './cache.ts';
import type { AccountVisit, LiveAccount, LiveFacts } from './live-account.ts';
import { visitAccounts } from './visit.ts';

export interface LiveOptions {
  /** The role to assume in each account of the organization; `undefined` for the caller's account alone. */
  readonly organization: string | undefined;
  /** Whether to read accounts again that an earlier run had read. */
  readonly fresh: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** How long to wait for one answer, in milliseconds; a minute where it is not given. */
  readonly patience?: number;
  /** Is called before the first account of an organization is read, with the folder that keeps what is read. */
  readonly onStart?: (folder: string) => void;
  readonly onDone?: (done: number, of: number, visit: AccountVisit) => void;
}

/** What came of asking AWS. */
export interface LiveReading {
  /** ARN of who asked. */
  readonly identity: string;
  /** The role that was assumed in each account. */
  readonly organization: string | undefined;
  readonly visits: readonly AccountVisit[];
}

/** Accounts that are asked at once: each by requests in its own quota, and all by one process. */
const PARALLEL = 8;
/** The SDK waits longer after each refusal. */
const ATTEMPTS = 6;
/** For one page of 1,000 roles. Milliseconds. */
const PATIENCE = 60_000;

/**
 * Reads the caller's account, or all accounts of its organization, by calls that change nothing. Only this loads the AWS SDK.
 *
 * @throws {ProblemError} where there are no credentials that work, or the accounts cannot be listed
 */
export async function readLive(options: LiveOptions): Promise<LiveReading> {
  const { organization: role, env, fresh } = options;
  if (role !== undefined) checkRole(role);
  const { sdkSettings } = await import('../../aws/sdk.ts');
  const { ownRegion, ownIdentity, forIam, assumed, secretsOf } =
    await import('../../aws/live/credentials.ts');
  const { failureOf } = await import('../../aws/live/failure.ts');
  const { readAccount } = await import('../../aws/live/read-account.ts');
  const { forOrganizations, OrganizationPolicies } =
    await import('../../aws/live/organization-policies.ts');
  const sdk = await sdkSettings(await ownRegion(), env);
  const own = await ownIdentity({
    ...sdk,
    maxAttempts: Number(env['AWS_MAX_ATTEMPTS']) || ATTEMPTS,
    requestHandler: { ...sdk.requestHandler, requestTimeout: options.patience ?? PATIENCE },
  });
  if ('kind' in own) throw noCredentials(own);
  const policies = new OrganizationPolicies(forOrganizations(own));
  const cache =
    role === undefined
      ? undefined
      : AccountCache.open([own.partition, own.account, role, env['AWS_ENDPOINT_URL'] ?? ''], env);
  if (cache) options.onStart?.(cache.folder);

  const policyFacts = async (
    account: string,
  ): Promise<Pick<LiveFacts, 'levels' | 'unknownPolicies'>> => {
    try {
      const levels = await policies.of(account);
      return levels === undefined ? {} : { levels };
    } catch (error) {
      return { unknownPolicies: failureOf(error, await secretsOf(own.settings)).text };
    }
  };
  const settingsFor = async (account: string) =>
    role === undefined || account === own.account ? forIam(own) : assumed(own, account, role);
  const read = async (
    account: string,
  ): Promise<LiveAccount | (LiveFailure & { isOwn?: boolean })> => {
    const secrets = [...(await secretsOf(own.settings))];
    let isOwn = true;
    try {
      const settings = await settingsFor(account);
      isOwn = account === own.account;
      secrets.push(...(await secretsOf(settings)));
      const { details, providers } = await readAccount(settings);
      const facts: LiveFacts = {
        account,
        read: new Date().toISOString(),
        providers,
        gitlabs: glance(details).gitlabs,
        ...(await policyFacts(account)),
      };
      cache?.put(facts, details);
      return cache?.kept(facts) ?? { ...facts, details: () => Promise.resolve(details) };
    } catch (error) {
      const failure = failureOf(error, secrets);
      return { ...failure, isOwn: isOwn && failure.kind === 'credentials' };
    }
  };
  try {
    const accounts = role === undefined ? [onlyAccount(own.account)] : await listed(own, env);
    const visits = await visitAccounts(accounts, {
      kept: async (account) => {
        const kept = fresh ? undefined : cache?.get(account);
        if (kept?.unknownPolicies === undefined) return kept;
        // Permission to read the policies counts at once, not when what was kept is too old.
        const { unknownPolicies: _, ...rest } = kept;
        return { ...rest, ...(await policyFacts(account)) };
      },
      read,
      parallel: PARALLEL,
      ...(options.onDone && { onDone: options.onDone }),
    });
    return { identity: own.arn, organization: role, visits };
  } finally {
    policies.close();
  }
}

async function listed(
  { partition, settings }: OwnIdentity,
  env: NodeJS.ProcessEnv,
): Promise<readonly OrganizationAccount[]> {
  const { listAccounts } = await import('../../aws/organization/list-accounts.ts');
  return listAccounts({}, partition, env, settings.region);
}

function onlyAccount(id: string): OrganizationAccount {
  return { id, name: '', active: true, management: undefined };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
function checkRole(role: string): void {
  if (/^(?:[\w+=,.@-]{1,511}\/)*[\w+=,.@-]{1,64}$/.test(role)) return;
  throw new ProblemError([
    {
      where: '--organization',
      what: `${shown(role)} is not the name of a role`,
      fix: 'Give its name, with its path if it has one, e.g. audit/ReadIam',
    },
  ]);
}

function noCredentials({ kind, text }: LiveFailure): ProblemError {
  return new ProblemError([
    {
      where: '--live',
      what: `AWS cannot be asked who you are (${text})`,
      fix:
        kind === 'unreachable'
          ? 'Check the network and the proxy'
          : 'Sign in to AWS first, e.g. with aws sso login, or set AWS_PROFILE',
    },
  ]);
}
