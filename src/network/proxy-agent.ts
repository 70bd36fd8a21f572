import type { Agent } from 'node:http';
import { proxyFor } from './proxy-for.ts';

/** What takes connections through the proxy that the environment names for a host; `undefined` for none. */
export async function proxyAgent(
  host: string,
  environment: NodeJS.ProcessEnv,
): Promise<Agent | undefined> {
  const proxy = proxyFor(host, environment);
  if (proxy === undefined) return undefined;
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy, { keepAlive: true });
}
