import { type FaultKind, GitlabFault } from './fault.ts';

/** For how long GitLab wants to be left alone, and for how long it is, in seconds. */
interface Wait {
  /** As its `Retry-After` has it. */
  readonly seconds: number | undefined;
  readonly patience: number;
}

/**
 * What the status of an answer says is wrong; `undefined` for one that holds data.
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
    const time = seconds === undefined ? 'a minute' : timeOf(seconds);
    return fault(
      `${host} has been asked too often (429)`,
      `Try again in ${time}`,
      seconds === undefined || seconds <= patience ? 'fleeting' : 'lasting',
    );
  }
  if (status >= 500 && seconds !== undefined && seconds > patience) {
    return fault(
      `${host} failed (${status}), and is not to be asked again within ${patience} seconds`,
      `Try again in ${timeOf(seconds)}, or ask who runs it`,
    );
  }
  if (status >= 500) {
    return fault(`${host} failed (${status})`, 'Try again later, or ask who runs it', 'fleeting');
  }
  if (status >= 400) {
    return fault(`${host} refuses the question (${status})`, 'Answer by hand');
  }
  return undefined;
}

/** An answer that holds no data, since it is not JSON. */
export function faultOfForm({ host }: URL, body: Buffer): GitlabFault {
  const page = /^\s*</.test(body.subarray(0, 1000).toString('latin1'));
  return new GitlabFault({
    what: `${host} answers with ${page ? 'a web page' : 'something'} where its API has JSON`,
    fix: 'Check the address, with the sub-path if GitLab lives below one; a sign-in page in front of it must let /api/v4 through',
  });
}

const DAY = 24 * 60 * 60;

function timeOf(seconds: number): string {
  return seconds > DAY ? 'more than a day' : `${seconds} seconds`;
}
