import type { Facts } from './facts.ts';
import { wantedProvider, wholeToken } from './token-facts.ts';
import { ProblemError } from '../../text/problem.ts';

/**
 * Asks AWS what the flags allow: `--live` reads role and provider, `--try` signs in. The AWS SDK is loaded only here.
 *
 * @throws {ProblemError} where there is no role to ask about, or no token to try
 */
export async function askAwsLater(
  known: Facts,
  flags: { readonly live?: boolean; readonly try?: boolean },
  env: NodeJS.ProcessEnv,
): Promise<Partial<Facts>> {
  const { role, session } = known;
  if (!role || 'flaw' in role) {
    // In a job that is a cause, which its check tells.
    if (known.job) return {};
    throw new ProblemError([
      {
        where: flags.live ? '--live' : '--try',
        what: role ? role.flaw.what : 'it is not known which role is meant',
        fix: 'Give --role-arn, or --role of a generated repository with aws.account_id',
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
        what: 'there is no whole token to sign in with',
        fix: 'Give --token-file, or run it in the job',
      },
    ]);
  }
  return { ...read, ...(attempt ? { attempt } : {}) };
}
