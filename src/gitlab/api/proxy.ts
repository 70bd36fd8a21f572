import type { Agent } from 'node:http';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that `HTTPS_PROXY` names for an address, unless `NO_PROXY` has its host.
 *
 * @see https://docs.gitlab.com/omnibus/settings/environment-variables/ (GitLab reads these variables the same way)
 */
export function proxyFor(url: URL, environment: Environment): string | undefined {
  const proxy = environment['https_proxy'] ?? environment['HTTPS_PROXY'] ?? '';
  if (proxy === '' || isExempt(url, environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) {
    return undefined;
  }
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** `NO_PROXY` holds hosts, domains (`.example.com` or `example.com`), each with a port or without; `*` is all. */
function isExempt({ hostname, port }: URL, list: string): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = entry, only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const domain = name.replace(/^\*?\./, '');
      return (
        (only === undefined || only === (port || '443')) &&
        (hostname === domain || hostname.endsWith(`.${domain}`))
      );
    });
}

/** What takes a connection through the proxy; `undefined` for none. */
export async function proxyAgent(proxy: string | undefined): Promise<Agent | undefined> {
  if (proxy === undefined) return undefined;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, { keepAlive: true });
}
