import { EventEmitter, once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyAgent } from './proxy-agent.ts';
import { refuseNotPublic, publicLookup } from './public-addresses.ts';

/** Where to, and which addresses may be connected to. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** `public` keeps this machine's own network out of the reach of whoever named the host. */
  readonly addresses: 'any' | 'public';
}

/**
 * Makes a TCP connection to a host, through the environment's proxy where it names one for this host. Behind a proxy it
 * is the proxy that looks the name up: a name that this machine knows by private addresses alone is refused, and any
 * other is the proxy's to refuse.
 *
 * @throws {NotPublicError} for a host whose addresses are not allowed; nothing was sent to it
 */
export async function dial(
  { host, port, addresses }: Destination,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Socket> {
  const agent = await proxyAgent(host, env, signal);
  if (addresses === 'public') await refuseNotPublic(host, signal);
  if (agent) return tunnel(agent, host, port, signal);
  const lookup = addresses === 'public' ? { lookup: publicLookup } : {};
  const socket = connect({ host, port, signal, ...lookup });
  socket.on('error', () => undefined);
  await once(socket, 'connect', { signal });
  return socket;
}

async function tunnel(
  agent: HttpsProxyAgent<string>,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  let status: number | undefined;
  agent.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
    status = statusCode;
  });
  // The agent tells the request about the proxy, and asks nothing of it.
  const request = new EventEmitter() as ClientRequest;
  const socket = await agent.connect(request, { host, port, secureEndpoint: false });
  signal.throwIfAborted();
  socket.on('error', () => undefined);
  if (status === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy ${agent.proxy.host} answers CONNECT with ${status ?? 'nothing'}`);
}
