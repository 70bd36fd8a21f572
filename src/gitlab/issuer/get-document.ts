import { request } from 'node:http';
import { rootCertificates, type TLSSocket } from 'node:tls';
import { chainOf, type Chain } from '../../network/chain.ts';
import { dial } from '../../network/dial.ts';
import {
  answerTo,
  HEADER_BYTES,
  jsonIn,
  TooManyBytes,
  type HttpAnswer,
} from '../../network/http-answer.ts';
import { NotPublicError } from '../../network/public-addresses.ts';
import { openTls } from '../../network/tls-connection.ts';
import { visible } from '../../text/unprintable.ts';
import { signerOf, type Signer } from './signer.ts';

/** How long AWS waits for an issuer, and so does this program: 5 seconds. */
export const PATIENCE = 5000;

/** Far more than any discovery document or key set has. */
const MOST_BYTES = 1024 * 1024;

/** A chain has three or four. Ordering them takes a signature check for every pair. */
const MOST_CERTIFICATES = 20;

/** Characters of a server's own words that are worth showing. */
const LONGEST_SHOWN = 200;

/** The settings of this machine for connections to an issuer. */
export interface IssuerConnection {
  /** `HTTPS_PROXY` and `NO_PROXY` are read. */
  readonly env: NodeJS.ProcessEnv;
  /** PEM texts of CAs to trust in addition to the public ones. */
  readonly privateCas: readonly string[];
  /** Whether hosts other than the issuer's may have private addresses. A document from outside names them. */
  readonly allowPrivate?: boolean;
  /** Milliseconds to wait for one document; {@link PATIENCE} where left out. */
  readonly patience?: number;
}

/** The TLS side of a host. */
interface TlsView extends Chain {
  /** Whether the chain is known as it was sent; a server that speaks only TLS 1.3 hides that. */
  readonly asSent: boolean;
  readonly signer: Signer;
  /** Why the certificate is not trusted here, as OpenSSL's code, such as `CERT_HAS_EXPIRED`. */
  readonly distrust?: string;
}

/** The result of a request for one document. */
export interface DocumentAnswer {
  readonly url: string;
  readonly tls?: TlsView;
  /** The JSON document. */
  readonly document?: unknown;
  /** Why none came, for a person. */
  readonly failure?: string;
  /** A failure that has consequences of its own. `private-address`: nothing was sent to the host. */
  readonly failureKind?: 'unknown-host' | 'private-address';
}

type DocumentOutcome = Pick<DocumentAnswer, 'document' | 'failure' | 'failureKind'>;

/**
 * Requests a JSON document by HTTPS, no matter who signed the certificate. Never takes longer than `patience`.
 *
 * @param addresses which addresses of the host are connected to
 */
export async function getDocument(
  url: URL,
  { env, privateCas, patience = PATIENCE }: IssuerConnection,
  addresses: 'any' | 'public',
): Promise<DocumentAnswer> {
  const signal = AbortSignal.timeout(patience);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let tls: TlsView | undefined;
  const answer = (outcome: DocumentOutcome): DocumentAnswer => ({
    url: url.href,
    ...(tls ? { tls } : {}),
    ...outcome,
  });
  try {
    const port = Number(url.port || 443);
    const { socket, certificates, asSent } = await openTls(
      host,
      () => dial({ host, port, addresses }, env, signal),
      privateCas.length > 0 ? [...rootCertificates, ...privateCas] : undefined,
      signal,
    );
    try {
      if (certificates.length > MOST_CERTIFICATES) {
        return answer({ failure: `it sends more than ${MOST_CERTIFICATES} certificates` });
      }
      const chain = chainOf(certificates);
      tls = { ...chain, asSent, signer: signerOf(chain, privateCas), ...distrustOf(socket) };
      return answer(await read(url, socket, signal));
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (signal.aborted) return answer({ failure: `no answer within ${patience / 1000} seconds` });
    return answer(outcomeOf(error));
  }
}

function outcomeOf(error: unknown): DocumentOutcome {
  if (error instanceof TooManyBytes) return { failure: 'it answers more than 1 MB' };
  if (error instanceof NotPublicError) {
    return { failure: `not requested: ${error.message}`, failureKind: 'private-address' };
  }
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW') {
    return { failure: 'it answers more than 16 KB of headers' };
  }
  return {
    failure: worthShowing(reason(error)),
    ...(UNKNOWN_HOST.has(codeOf(error)) ? { failureKind: 'unknown-host' } : {}),
  };
}

/** Codes of a host name that has no address here. @see https://nodejs.org/api/dns.html#error-codes */
const UNKNOWN_HOST: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN']);

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function distrustOf({ authorized, authorizationError }: TLSSocket): Pick<TlsView, 'distrust'> {
  if (authorized) return {};
  // Typed as an Error; it is the code alone, or an error with one.
  const error = authorizationError as NodeJS.ErrnoException | string;
  return { distrust: typeof error === 'string' ? error : (error.code ?? error.message) };
}

async function read(url: URL, socket: TLSSocket, signal: AbortSignal): Promise<DocumentOutcome> {
  const call = request({
    createConnection: () => socket,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      accept: 'application/json',
      'accept-encoding': 'identity',
      connection: 'close',
    },
    maxHeaderSize: HEADER_BYTES,
    signal,
  });
  const answer = await answerTo(call, MOST_BYTES);
  if (answer.status !== 200) return { failure: `it answers ${statusOf(answer)}` };
  return jsonIn(answer.body) ?? { failure: 'it answers with something other than JSON' };
}

function statusOf({ status, reason, headers: { location } }: HttpAnswer): string {
  const to = location === undefined ? '' : `, a redirect to ${worthShowing(location)}`;
  return `${status} ${worthShowing(reason)}`.trim() + to;
}

/** A server's own words, made safe for one line of a terminal. */
function worthShowing(text: string): string {
  return visible(text.slice(0, LONGEST_SHOWN));
}

/** A name with several addresses fails with an error for each, and no message of its own. */
function reason(error: unknown): string {
  const { errors, message } = error as Partial<AggregateError>;
  return errors ? reason(errors[0]) : (message ?? String(error));
}
