import type { LiveReading } from '../../audit/live/read-live.ts';
import { printTo } from '../../terminal/output.ts';
import { reportInterruptionAs } from '../../terminal/signals.ts';
import { ProblemError } from '../../text/problem.ts';
import { showAccounts } from './progress.ts';

/** Asks AWS where a flag says so. @throws {ProblemError} for flags that do not go together, or credentials that AWS rejects */
export async function askAws(
  {
    live,
    organization,
    fresh,
  }: {
    readonly live: boolean;
    readonly organization: string | undefined;
    readonly fresh: boolean;
  },
  env: NodeJS.ProcessEnv,
): Promise<LiveReading | undefined> {
  if (fresh && organization === undefined)
    throw usage('--fresh', 'only --organization keeps what it read', 'Leave out --fresh');
  if (!live && organization === undefined) return undefined;
  if (live && organization !== undefined)
    throw usage('--live', 'your own account is one of the organization', 'Leave out --live');
  const { readLive } = await import('../../audit/live/read-live.ts');
  let notRead = 0;
  const show = showAccounts(() => notRead);
  return readLive({
    organization,
    fresh,
    env,
    onStart: (folder) => {
      printTo(
        'stderr',
        `Accounts that are read are kept for 12 hours in ${folder}, for you alone. --fresh reads all again.\n`,
      );
      reportInterruptionAs(
        'Interrupted. Run it again: accounts that were read are not read again.',
      );
    },
    onDone: (done, of, { found, status }) => {
      if (found === undefined && status !== 'skipped') notRead += 1;
      show(done, of);
    },
  });
}

function usage(where: string, what: string, fix: string): ProblemError {
  return new ProblemError([{ where, what, fix }]);
}
