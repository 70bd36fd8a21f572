import { readLive, type LiveOptions, type LiveReading } from '../../../src/audit/live/read-live.ts';
import { AwsAccounts } from '../../support/stand-ins/aws-accounts.ts';

/** Reads live, in this process, what a stand-in answers; the SDK reads the process's own environment. */
export async function ask(
  aws: AwsAccounts,
  cache: string,
  options: Partial<LiveOptions> = {},
): Promise<LiveReading> {
  const environment = { ...aws.environment(), XDG_CACHE_HOME: cache };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await readLive({
      organization: undefined,
      fresh: false,
      env: environment,
      patience: 500,
      ...options,
    });
  } finally {
    for (const name of Object.keys(environment)) process.env[name] = before[name] ?? '';
  }
}

/** What came of each account. */
export function statuses({ visits }: LiveReading): Record<string, string> {
  return Object.fromEntries(visits.map(({ account, status }) => [account, status]));
}
