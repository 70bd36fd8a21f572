import { GitlabFault } from './fault.ts';

/** Characters of an address to show. */
const LONGEST_SHOWN = 200;

/**
 * The target of a redirect, where the token may follow: the same host, below the instance's own URL. GitLab redirects
 * the path of a moved project to its id.
 *
 * @throws {GitlabFault} where it leads elsewhere
 * @see https://docs.gitlab.com/api/rest/#redirects
 */
export function nextPlace(base: URL, asked: URL, location: string | undefined): URL {
  const next =
    location !== undefined && URL.canParse(location, asked.href)
      ? new URL(location, asked)
      : undefined;
  if (next === undefined) {
    throw new GitlabFault({
      what: `${base.host} redirected the request without a valid target`,
      fix: 'Check the URL of your GitLab',
    });
  }
  if (next.hostname !== base.hostname || !next.pathname.startsWith(base.pathname)) {
    const inside = next.hostname === base.hostname ? next.pathname : '';
    const where = `${next.host || next.protocol}${inside}`.slice(0, LONGEST_SHOWN);
    throw new GitlabFault({
      what: `${base.host} redirected the request to ${where}, but the token is not sent there`,
      fix: 'Use that URL if it is your GitLab. A sign-in page in front of GitLab must not cover /api/v4',
    });
  }
  // GitLab behind a proxy may name http or another port. The request keeps its own.
  return new URL(`${next.pathname}${next.search}`, base);
}
