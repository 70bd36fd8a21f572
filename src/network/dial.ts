import { lookup } from 'node:dns';
import { EventEmitter, once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyAgent } from './proxy-agent.ts';
import { publicOnly, refuseNotPublic } from './public-addresses.ts';

/** A host, and which of its addresses may be contacted. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  /** `public` protects this machine's own network from the one who named the host. */
  readonly addresses: 'any' | 'public';
}

/**
 * Opens a TCP connection to a host, through the proxy of the environment where one applies. Behind a proxy, the proxy
 * resolves the name: a name that has only private addresses here is refused, and the proxy decides about any other.
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
  const resolver = addresses === 'public' ? { lookup: publicOnly(lookup) } : {};
  const socket = connect({ host, port, signal, ...resolver });
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
  // The agent only emits events on the request.
  const request = new EventEmitter() as ClientRequest;
  const socket = await agent.connect(request, { host, port, secureEndpoint: false });
  signal.throwIfAborted();
  socket.on('error', () => undefined);
  if (status === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy ${agent.proxy.host} answered CONNECT with ${status ?? 'nothing'}`);
}
