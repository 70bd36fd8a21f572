import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { replyTo } from './answers.ts';
import type { Certificate } from '../certificates.ts';
import type { Holdings } from './holdings.ts';
import { pageOf } from './pages.ts';
import { writtenTo } from './writes.ts';

/** Answers in place of the API; `false` leaves the question to it. */
type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Setup {
  readonly holdings: Holdings;
  readonly certificate: Certificate;
  /** What GitLab lives below, such as `/gitlab`. */
  readonly subPath?: string;
  /** The `iss` of its tokens; its own address where left out. */
  readonly issuer?: string;
}

export const TOKEN = 'glpat-Zk3vQm8XsecretToken9';

/** A GitLab on this machine that answers as the documented API does, over TLS. */
export class GitlabServer {
  /** Method and place of each question that came. */
  readonly questions: string[] = [];
  fault: Fault = () => false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #holdings: Holdings;

  private constructor(private readonly setup: Setup) {
    this.#holdings = setup.holdings;
    const { key, cert } = setup.certificate;
    this.#server = createServer({ key, cert }, (request, response) => {
      this.#answer(request, response);
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(setup: Setup): Promise<GitlabServer> {
    const server = new GitlabServer(setup);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://localhost:${this.port}${this.setup.subPath ?? ''}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** What a question about the same place is answered with. */
  #bodyOf(url: URL): unknown {
    const reply = replyTo(this.#holdings, url);
    return 'body' in reply ? reply.body : {};
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', `https://${request.headers.host ?? ''}`);
    this.questions.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    if (this.fault(request, response)) return;
    const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    const { subPath = '', issuer = `https://${url.host}` } = this.setup;
    if (url.pathname === '/.well-known/openid-configuration') {
      send(200, { issuer, jwks_uri: `https://${url.host}/oauth/discovery/keys` });
    } else if (url.pathname === '/oauth/discovery/keys') {
      send(200, { keys: [] });
    } else if (!url.pathname.startsWith(`${subPath}/api/v4/`)) {
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    } else if (request.headers['private-token'] !== TOKEN) {
      send(401, { message: '401 Unauthorized' });
    } else if (request.method !== 'GET') {
      void text(request).then((body) => {
        const { status, holdings } = writtenTo(this.#holdings, request.method, url, body);
        this.#holdings = holdings;
        send(status, status < 300 ? this.#bodyOf(url) : { message: String(status) });
      });
    } else {
      const reply = replyTo(this.#holdings, url);
      if ('absent' in reply) send(404, { message: reply.absent });
      else if ('moved' in reply) {
        // Plain http, as in GitLab's own example.
        const location = `http://${url.hostname}${subPath}/api/v4/${reply.moved}`;
        send(301, { message: 'This resource has been moved permanently' }, { location });
      } else if ('list' in reply) {
        const { body, headers } = pageOf(reply.list, reply.keyset, url, this.#holdings.pageSize);
        send(200, body, headers);
      } else send(200, reply.body);
    }
  }
}
