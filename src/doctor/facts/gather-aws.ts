import type { Facts } from './facts.ts';
import { wantedProvider, wholeToken } from './token-facts.ts';
import { ProblemError } from '../../text/problem.ts';

/**
 * Asks AWS what the flags allow: `--live` reads the role and the provider, `--try` signs in. Only this loads the AWS SDK.
 *
 * @throws {ProblemError} where the role is unknown, or there is no token to try
 */
export async function askAwsLater(
  known: Facts,
  flags: { readonly live?: boolean; readonly try?: boolean },
  env: NodeJS.ProcessEnv,
): Promise<Partial<Facts>> {
  const { role, session } = known;
  if (!role || 'flaw' in role) {
    // In a job that is a cause, which its check reports.
    if (known.job) return {};
    throw new ProblemError([
      {
        where: flags.live ? '--live' : '--try',
        what: role ? role.flaw.what : 'the role is unknown',
        fix: 'Add --role-arn, or --role with a generated repository that has aws.account_id',
      },
    ]);
  }
  const { askAws, trySignIn } = await import('./ask-aws.ts');
  const token = wholeToken(known);
  const { name = 'doctor', seconds } = session;
  const [read, attempt] = await Promise.all([
    flags.live ? askAws(role, wantedProvider(known), env) : {},
    flags.try && token
      ? trySignIn(role, token.text, { name, ...(seconds === undefined ? {} : { seconds }) }, env)
      : undefined,
  ]);
  if (flags.try && !attempt) {
    throw new ProblemError([
      {
        where: '--try',
        what: 'no whole token was given to sign in with',
        fix: 'Add --token-file, or run doctor in the job',
      },
    ]);
  }
  return { ...read, ...(attempt ? { attempt } : {}) };
}
