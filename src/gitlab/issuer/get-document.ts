import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { rootCertificates, type TLSSocket } from 'node:tls';
import { chainOf, type Chain } from '../../network/chain.ts';
import { dial } from '../../network/dial.ts';
import { signerOf, type Signer } from './signer.ts';
import { openTls } from '../../network/tls-connection.ts';

/** How long AWS waits for an issuer, and so do we: 5 seconds. */
export const PATIENCE = 5000;

/** No discovery document or key set comes near it. */
const MOST_BYTES = 1024 * 1024;

/** What this machine brings along. */
export interface Surroundings {
  /** `HTTPS_PROXY` and `NO_PROXY` are read. */
  readonly env: NodeJS.ProcessEnv;
  /** PEM texts of CAs to trust besides the public ones. */
  readonly privateCas: readonly string[];
}

/** The TLS side of a host. */
interface TlsView extends Chain {
  /** Whether the chain is known as it was sent; a server that speaks only TLS 1.3 hides that. */
  readonly asSent: boolean;
  readonly signer: Signer;
  /** Why the certificate is not trusted here, in OpenSSL's word, such as `CERT_HAS_EXPIRED`. */
  readonly distrust?: string;
}

/** What came of asking for one document. */
export interface Answer {
  readonly url: string;
  readonly tls?: TlsView;
  /** The JSON that came. */
  readonly document?: unknown;
  /** Why none came. */
  readonly failure?: string;
}

/** Asks for a JSON document by HTTPS, whoever signed the certificate. Never takes longer than {@link PATIENCE}. */
export async function getDocument(url: URL, surroundings: Surroundings): Promise<Answer> {
  const signal = AbortSignal.timeout(PATIENCE);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let tls: TlsView | undefined;
  const answer = (outcome: Pick<Answer, 'document' | 'failure'>): Answer => ({
    url: url.href,
    ...(tls ? { tls } : {}),
    ...outcome,
  });
  try {
    const port = Number(url.port || 443);
    const { privateCas, env } = surroundings;
    const { socket, certificates, asSent } = await openTls(
      host,
      () => dial(host, port, env, signal),
      privateCas.length > 0 ? [...rootCertificates, ...privateCas] : undefined,
      signal,
    );
    const chain = chainOf(certificates);
    tls = { ...chain, asSent, signer: signerOf(chain, privateCas), ...distrustOf(socket) };
    try {
      return answer(await read(url, socket, signal));
    } finally {
      socket.destroy();
    }
  } catch (error) {
    return answer({ failure: signal.aborted ? LATE : reason(error) });
  }
}

const LATE = `no answer within ${PATIENCE / 1000} seconds`;

function distrustOf({ authorized, authorizationError }: TLSSocket): Pick<TlsView, 'distrust'> {
  if (authorized) return {};
  // Typed as an Error; it is the code alone, or an error with one.
  const error = authorizationError as Error | string;
  const code = typeof error === 'object' && 'code' in error ? error.code : error;
  return { distrust: String(code) };
}

async function read(
  url: URL,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<Pick<Answer, 'document' | 'failure'>> {
  const call = request({
    createConnection: () => socket,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: 'application/json', connection: 'close' },
    signal,
  });
  call.end();
  const [response] = (await once(call, 'response', { signal })) as [IncomingMessage];
  if (response.statusCode !== 200) return { failure: `it answers ${statusOf(response)}` };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) return { failure: 'it answers more than 1 MB' };
    chunks.push(chunk);
  }
  try {
    return { document: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return { failure: 'it answers something that is not JSON' };
  }
}

function statusOf({ statusCode, statusMessage, headers }: IncomingMessage): string {
  const to = headers.location === undefined ? '' : `, a redirect to ${headers.location}`;
  return `${statusCode ?? ''} ${statusMessage ?? ''}`.trim() + to;
}

/** A name with several addresses fails with an error for each, and no message of its own. */
function reason(error: unknown): string {
  const { errors, message } = error as Partial<AggregateError>;
  return errors ? reason(errors[0]) : (message ?? String(error));
}
