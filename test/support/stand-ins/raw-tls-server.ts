import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { portOf } from '../tools/port-of.ts';

/** Answers a request, whose head it is given, with any bytes at all. */
export type RawAnswer = (socket: TLSSocket, head: string) => void;

/** A TLS server that need not speak HTTP. It keeps the head of every request. */
export class RawTlsServer {
  readonly heads: string[] = [];
  answer: RawAnswer = (socket) => socket.destroy();
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();
  readonly #connections = new Map<number, Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(tls: { readonly key: string; readonly cert: string }) {
    this.#server = createServer({ key: tls.key, cert: tls.cert }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
      let heard = '';
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString('latin1');
        for (let end; (end = heard.indexOf('\r\n\r\n')) >= 0; heard = heard.slice(end + 4)) {
          const head = heard.slice(0, end);
          this.heads.push(head);
          this.answer(socket, head);
        }
      });
    });
    this.#server.on('connection', (connection: Socket) => {
      const port = connection.remotePort ?? 0;
      this.#connections.set(port, connection);
      connection.on('close', () => this.#connections.delete(port));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(tls: { readonly key: string; readonly cert: string }): Promise<RawTlsServer> {
    const server = new RawTlsServer(tls);
    await once(server.#server.listen(0, '127.0.0.1'), 'listening');
    return server;
  }

  get port(): number {
    return portOf(this.#server);
  }

  /** Writes the same bytes again and again, as long as somebody listens. */
  repeat(socket: TLSSocket, bytes: string | Buffer, milliseconds: number): void {
    const timer = setInterval(() => {
      if (!socket.writable) {
        clearInterval(timer);
        this.#timers.delete(timer);
      } else if (!socket.writableNeedDrain) socket.write(bytes);
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Resets the connection by a TCP RST, which only the socket below TLS can send. */
  reset({ remotePort }: TLSSocket): void {
    this.#connections.get(remotePort ?? 0)?.resetAndDestroy();
  }

  /** Breaks every connection, so that the next test begins without one. */
  hangUp(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers.clear();
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.hangUp();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
