import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { portOf } from '../tools/port-of.ts';

/** What stands behind a host: an HTTP server that is read from, one that accepts and never answers, or a function. */
export type Behind =
  | { readonly address: string }
  | 'silence'
  | ((request: IncomingMessage) => Promise<{ readonly status: number; readonly body: string }>);

/** The internet, for a program with `HTTPS_PROXY`: hosts with TLS of one certificate, and HTTP servers behind them. */
export class TlsFront {
  readonly #proxy: Server;
  readonly url: string;

  private constructor(proxy: Server) {
    this.#proxy = proxy;
    this.url = `http://127.0.0.1:${portOf(proxy)}`;
  }

  static async start(
    tls: { key: string; cert: string },
    hosts: Readonly<Record<string, Behind>>,
  ): Promise<TlsFront> {
    const front = createTlsServer(tls, (request, response) => {
      const behind = hosts[request.headers.host ?? ''];
      if (behind === undefined) response.writeHead(404).end();
      if (behind === undefined || behind === 'silence') return;
      const asked =
        typeof behind === 'function'
          ? behind(request)
          : fetch(`${behind.address}${request.url ?? ''}`).then(async (answer) => ({
              status: answer.status,
              body: await answer.text(),
            }));
      asked
        .then(({ status, body }) => response.writeHead(status).end(body))
        .catch(() => response.writeHead(502).end());
    });
    const proxy = createServer();
    proxy.on('connect', (_, socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      front.emit('connection', socket);
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    return new TlsFront(proxy);
  }

  async stop(): Promise<void> {
    this.#proxy.closeAllConnections();
    this.#proxy.close();
    await once(this.#proxy, 'close');
  }
}
