import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { proxyFor } from './proxy-for.ts';

/** Makes a TCP connection to a host, through the environment's proxy where it names one for this host. */
export async function dial(
  host: string,
  port: number,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Socket> {
  const proxy = proxyFor(host, env);
  if (proxy !== undefined) return tunnel(new URL(proxy), host, port, signal);
  const socket = connect({ host, port, signal });
  socket.on('error', () => undefined);
  await once(socket, 'connect', { signal });
  return socket;
}

async function tunnel(
  proxy: URL,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const credentials = [proxy.username, proxy.password].map(decodeURIComponent).join(':');
  const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const to = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const call = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)({
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: to,
    headers: { host: to, ...(proxy.username ? { 'proxy-authorization': basic } : {}) },
    agent: false,
    signal,
  });
  call.end();
  const [answer, socket] = (await once(call, 'connect', { signal })) as [IncomingMessage, Socket];
  if (answer.statusCode === 200) return socket;
  socket.destroy();
  throw new Error(`the proxy ${proxy.host} answers CONNECT with ${answer.statusCode ?? 'nothing'}`);
}
