import { type FaultKind, GitlabFault } from './fault.ts';

/** How long GitLab asks to wait, and how long this program waits, in seconds. */
interface Wait {
  /** The value of its `Retry-After`. */
  readonly seconds: number | undefined;
  readonly patience: number;
}

/**
 * The fault that the status of an answer stands for; `undefined` for an answer with data.
 *
 * @see https://docs.gitlab.com/api/rest/troubleshooting/ (status codes)
 */
export function faultOfAnswer(
  base: URL,
  status: number,
  { seconds, patience }: Wait,
): GitlabFault | undefined {
  const { host } = base;
  const fault = (what: string, fix: string, kind?: FaultKind) =>
    new GitlabFault({ what, fix }, kind);
  const tokens = `${base.href}-/user_settings/personal_access_tokens`;
  if (status === 401) {
    return fault(
      `${host} rejected the token (401): it is wrong, expired or revoked`,
      `Create one with the scope read_api at ${tokens}`,
      'token',
    );
  }
  if (status === 403) {
    return fault(
      `the token has no permission for this request to ${host} (403)`,
      `Use one with the scope read_api that belongs to a member of the project: ${tokens}`,
      'forbidden',
    );
  }
  if (status === 404) {
    return fault(
      `${host} found nothing that the token can see (404)`,
      'Check the URL (with its sub-path, if GitLab has one) and the owner of the token',
      'absent',
    );
  }
  if (status === 407) {
    return fault(
      'the proxy requires a sign-in (407)',
      'Set the user name and password in HTTPS_PROXY',
    );
  }
  if (status === 429) {
    const time = seconds === undefined ? 'a minute' : timeOf(seconds);
    return fault(
      `${host} received too many requests (429)`,
      `Try again in ${time}`,
      seconds === undefined || seconds <= patience ? 'fleeting' : 'lasting',
    );
  }
  if (status >= 500 && seconds !== undefined && seconds > patience) {
    return fault(
      `${host} failed (${status}) and allows no retry within ${patience} seconds`,
      `Try again in ${timeOf(seconds)}, or ask its administrator`,
    );
  }
  if (status >= 500) {
    return fault(
      `${host} failed (${status})`,
      'Try again later, or ask its administrator',
      'fleeting',
    );
  }
  if (status >= 400) {
    return fault(`${host} rejected the request (${status})`, 'Type the answer instead');
  }
  return undefined;
}

/** An answer without data, because it is not JSON. */
export function faultOfForm({ host }: URL, body: Buffer): GitlabFault {
  const page = /^\s*</.test(body.subarray(0, 1000).toString('latin1'));
  return new GitlabFault({
    what: `${host} answered with ${page ? 'a web page' : 'something else'} instead of JSON`,
    fix: 'Check the URL (with its sub-path, if GitLab has one). A sign-in page in front of GitLab must not cover /api/v4',
  });
}

const DAY = 24 * 60 * 60;

function timeOf(seconds: number): string {
  return seconds > DAY ? 'more than a day' : `${seconds} seconds`;
}
