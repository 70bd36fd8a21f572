import type { Flaw } from '../../flaw.ts';

const FIX = 'Use a personal, group or project access token with the scope read_api';

/**
 * Checks a token before it is sent anywhere; what it says never holds the token.
 *
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/ (what a job's token may ask)
 */
export function checkToken(token: string): Flaw | undefined {
  if (/^glcbt-/.test(token)) {
    return {
      what: 'CI_JOB_TOKEN is not enough: it may not list projects or read their settings',
      fix: FIX,
    };
  }
  if (/[^\x21-\x7e]/.test(token)) {
    return { what: 'the token holds spaces or characters that no token of GitLab has', fix: FIX };
  }
  return undefined;
}
