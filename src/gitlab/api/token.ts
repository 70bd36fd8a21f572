import type { Flaw } from '../../text/flaw.ts';

const FIX = 'Use a personal, group or project access token with the scope read_api';

/** @see https://docs.gitlab.com/ci/jobs/ci_job_token/ (what a job token can access) */
export const JOB_TOKEN_FLAW: Flaw = {
  what: 'CI_JOB_TOKEN cannot list projects or read their settings',
  fix: FIX,
};

/** Checks a token before it is sent anywhere. The flaw never contains the token. */
export function checkToken(token: string): Flaw | undefined {
  if (token.startsWith('glcbt-')) return JOB_TOKEN_FLAW;
  if (/[^\x21-\x7e]/.test(token)) {
    return { what: 'the token contains spaces or characters that no GitLab token has', fix: FIX };
  }
  return undefined;
}
