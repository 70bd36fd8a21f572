import { GitlabFault } from './fault.ts';

/** Characters of an address that are worth showing. */
const LONGEST_SHOWN = 200;

/**
 * Where a redirect leads, as far as the token may follow: to the same host, and below the instance's own address. GitLab
 * redirects the path of a project that has moved to its id.
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
      what: `${base.host} redirects the question to nowhere`,
      fix: 'Check the address',
    });
  }
  if (next.hostname !== base.hostname || !next.pathname.startsWith(base.pathname)) {
    const inside = next.hostname === base.hostname ? next.pathname : '';
    const where = `${next.host || next.protocol}${inside}`.slice(0, LONGEST_SHOWN);
    throw new GitlabFault({
      what: `${base.host} sends the question on to ${where}, where the token does not follow`,
      fix: 'Give that address if it is your GitLab; a sign-in page in front of GitLab must let /api/v4 through',
    });
  }
  // GitLab behind a proxy may name http or another port; the question stays where it was asked.
  return new URL(`${next.pathname}${next.search}`, base);
}
