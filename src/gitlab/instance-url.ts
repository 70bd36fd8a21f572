import { shown, type Flaw } from '../text/flaw.ts';

const HELP = 'Give the address as in the browser, such as https://gitlab.com';

/**
 * The address of a GitLab instance, or of the host that stands in for it as issuer, in the one form that AWS
 * accepts for an OIDC provider: `https`, lower-case host, no trailing slash, no port, no query; a path may follow.
 *
 * @param use `instance` for one that another host stands in for: AWS never sees its address, which may have a port
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 */
export function normalizeUrl(
  text: string,
  use: 'issuer' | 'instance' = 'issuer',
): { url: string } | { flaw: Flaw } {
  const raw = text.trim();
  const flaw = (what: string, fix: string) => ({ flaw: { what, fix } });
  if (raw === '') return flaw('the address is empty', HELP);
  if (/^http:\/\//i.test(raw)) {
    return flaw(
      `${shown(raw)} is not https, ${use === 'issuer' ? 'but AWS accepts only https' : 'and tokens are sent there'}`,
      'Serve it over https',
    );
  }
  if (!/^https:\/\//i.test(raw)) {
    return flaw(`${shown(raw)} does not start with https://`, HELP);
  }
  // eslint-disable-next-line no-control-regex -- control characters are the point
  if (/[\s\\\0-\u001f\u007f-\u009f]/.test(raw) || !URL.canParse(raw)) {
    return flaw(`${shown(raw)} is not a web address`, HELP);
  }
  const url = new URL(raw);
  if (raw.slice('https://'.length).split('/', 1)[0]?.includes('@')) {
    return flaw('the address holds credentials', 'Leave out the part before the @');
  }
  if (use === 'issuer' && /^https:\/\/[^/?#]*:/i.test(raw)) {
    return flaw(
      `${shown(raw)} names a port, but AWS accepts none`,
      'Leave the port out, or name the host that serves the discovery document on port 443 as issuer',
    );
  }
  if (/[?#]/.test(raw)) {
    return flaw(`${shown(raw)} has a query or a fragment`, 'Leave out everything from ? or # on');
  }
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(url.hostname)) {
    return flaw(`${shown(url.hostname)} is not a host name`, HELP);
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (!/^(\/[A-Za-z0-9._~-]+)*$/.test(path)) {
    return flaw(`the path ${shown(path)} holds characters that AWS may reject`, HELP);
  }
  if (url.hostname === 'gitlab.com' && path !== '') {
    return flaw(
      `${shown(raw)} is a page of gitlab.com, not its address`,
      'Give https://gitlab.com, and the project by its path',
    );
  }
  const normal = `https://${url.host}${path}`;
  if (normal.length > 255) {
    return flaw(`the address has ${normal.length} characters; AWS allows 255`, 'Use a shorter one');
  }
  return { url: normal };
}

/** The prefix of condition keys and the end of the provider's ARN: the URL without `https://`. */
export function issuerPrefix(url: string): string {
  return url.slice('https://'.length);
}

/** Only gitlab.com has the condition keys beyond `sub` and `aud`. */
export function isGitlabCom(issuerUrl: string): boolean {
  return issuerUrl === 'https://gitlab.com';
}
