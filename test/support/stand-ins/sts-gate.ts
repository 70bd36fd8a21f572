import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import { addClientId } from '../builders/client-ids.ts';
import { portOf } from '../tools/port-of.ts';
import { admit, type KnownIssuer, StsRefusal } from './web-identity.ts';

/** What a client asked for. */
export interface Asked {
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer<ArrayBuffer>;
}

/**
 * AWS on this machine, with an STS that looks at tokens and trust policies: it stands before a moto server, refuses
 * what AWS would refuse, and passes everything else on.
 */
export class StsGate {
  readonly url: string;
  readonly #server: Server;
  readonly #asked: Asked[];

  private constructor(url: string, server: Server, asked: Asked[]) {
    this.url = url;
    this.#server = server;
    this.#asked = asked;
  }

  /**
   * @param aws the URL of the moto server
   * @param issuers every issuer that can be reached, by the URL that tokens have as `iss`
   */
  static async start(aws: string, issuers: readonly KnownIssuer[]): Promise<StsGate> {
    const asked: Asked[] = [];
    const server = createServer((request, response) => {
      answer(request, response, aws, issuers, asked).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new StsGate(`http://127.0.0.1:${portOf(server)}`, server, asked);
  }

  /** What it was asked for since this was called last. */
  takeAsked(): readonly Asked[] {
    return this.#asked.splice(0);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  aws: string,
  issuers: readonly KnownIssuer[],
  asked: Asked[],
): Promise<void> {
  const body = Buffer.from(await buffer(request));
  const contentType = request.headers['content-type'] ?? '';
  asked.push({ path: request.url ?? '/', contentType, body });
  const call = new URLSearchParams(isForm(request) ? body.toString() : '');
  if (call.get('Action') === 'AssumeRoleWithWebIdentity') {
    try {
      await admit(call, aws, issuers);
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      refuse(response, error);
      return;
    }
  }
  if (call.get('Action') === 'AddClientIDToOpenIDConnectProvider') {
    await addClientId(call, aws);
    response.writeHead(200, { 'content-type': 'text/xml' }).end(ADDED);
    return;
  }
  await passOn(request, body, response, aws);
}

const ADDED =
  '<AddClientIDToOpenIDConnectProviderResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"/>';

function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

function refuse(response: ServerResponse, { code, message }: StsRefusal): void {
  response.writeHead(code === 'AccessDenied' ? 403 : 400, { 'content-type': 'text/xml' });
  response.end(`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>${code}</Code>
    <Message>${xml(message)}</Message>
  </Error>
  <RequestId>00000000-0000-0000-0000-000000000000</RequestId>
</ErrorResponse>
`);
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

async function passOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  aws: string,
): Promise<void> {
  const { hostname, port } = new URL(aws);
  const onward = httpRequest({ hostname, port, path: url, method, headers });
  onward.end(body);
  const [reply] = (await once(onward, 'response')) as [IncomingMessage];
  response.writeHead(reply.statusCode ?? 502, reply.headers);
  reply.pipe(response);
}
