import type { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyFor } from './proxy-for.ts';

/**
 * What takes connections through the proxy that the environment names for a host; `undefined` for none.
 *
 * @param signal ends connections to the proxy
 */
export async function proxyAgent(
  host: string,
  environment: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<HttpsProxyAgent<string> | undefined> {
  const proxy = proxyFor(host, environment);
  if (proxy === undefined) return undefined;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, { keepAlive: true, ...(signal ? { signal } : {}) });
}
