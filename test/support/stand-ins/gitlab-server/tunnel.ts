import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A proxy that leads every host to one port of this machine. */
export class Tunnel {
  /** What it was asked to connect to. */
  readonly asked: string[] = [];
  /** All that it received in the clear. */
  heard = '';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(port: () => number) {
    this.#server = createServer((_, response) => response.writeHead(405).end());
    this.#server.on('connect', ({ url, rawHeaders }, socket: Socket) => {
      this.asked.push(url ?? '');
      this.heard += rawHeaders.join('\n');
      const there = connect(port(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(there).pipe(socket);
      });
      for (const end of [socket, there]) {
        this.#sockets.add(end);
        end.on('error', () => socket.destroy());
        end.on('close', () => this.#sockets.delete(end));
      }
    });
  }

  static async to(port: () => number): Promise<Tunnel> {
    const tunnel = new Tunnel(port);
    tunnel.#server.listen(0, '127.0.0.1');
    await once(tunnel.#server, 'listening');
    return tunnel;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
