import { type FaultKind, GitlabFault } from './fault.ts';
import type { Answer } from './send.ts';

/** The longest that is waited for a GitLab that asks for patience, in seconds. */
const PATIENCE = 30;

/**
 * What is wrong with an answer; `undefined` for one that holds data.
 *
 * @see https://docs.gitlab.com/api/rest/troubleshooting/ (status codes)
 */
export function faultOfAnswer(
  base: URL,
  { status, headers, body }: Answer,
): GitlabFault | undefined {
  const { host } = base;
  const fault = (what: string, fix: string, kind?: FaultKind) =>
    new GitlabFault({ what, fix }, kind);
  const tokens = `${base.href}-/user_settings/personal_access_tokens`;
  if (status === 401) {
    return fault(
      `${host} does not take the token (401): it is wrong, expired or revoked`,
      `Make one with the scope read_api at ${tokens}`,
      'token',
    );
  }
  if (status === 403) {
    return fault(
      `the token may not ask ${host} that (403)`,
      `Use one with the scope read_api, of a member of the project: ${tokens}`,
      'forbidden',
    );
  }
  if (status === 404) {
    return fault(
      `${host} has no such thing, or hides it from the token (404)`,
      'Check the address, with the sub-path if GitLab lives below one, and whose token it is',
      'absent',
    );
  }
  if (status === 407) {
    return fault('the proxy asks who you are (407)', 'Put name and password into HTTPS_PROXY');
  }
  if (status === 429) {
    const wait = retryAfter(headers['retry-after']);
    const time = wait === undefined ? 'a minute' : `${wait} seconds`;
    return fault(
      `${host} has been asked too often (429)`,
      `Try again in ${time}`,
      wait === undefined || wait <= PATIENCE ? 'fleeting' : 'lasting',
    );
  }
  if (status >= 500) {
    return fault(`${host} failed (${status})`, 'Try again later, or ask who runs it', 'fleeting');
  }
  if (status >= 400) {
    return fault(`${host} refuses the question (${status})`, 'Answer by hand');
  }
  if (!isJson(body)) {
    return fault(
      `${host} answers with ${/^\s*</.test(body) ? 'a web page' : 'something'} where its API has JSON`,
      'Check the address, with the sub-path if GitLab lives below one; a sign-in page in front of it must let /api/v4 through',
    );
  }
  return undefined;
}

/** Seconds to wait by a `Retry-After`; `undefined` where it names none. */
export function retryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
