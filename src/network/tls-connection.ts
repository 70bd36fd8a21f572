import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { Duplex, Transform } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { certificatesIn } from './tls-certificates.ts';

/** Bytes; a handshake with long chains has far fewer. */
const MOST_RECORDED = 256 * 1024;

/** An open TLS connection, no matter who signed the certificate. */
export interface TlsConnection {
  readonly socket: TLSSocket;
  /** The server's own certificate first. */
  readonly certificates: readonly X509Certificate[];
  /**
   * Whether the certificates are those sent, in the order sent. A server that speaks TLS 1.3 only encrypts them;
   * then they are in the order in which Node joined them, and Node may have added the root.
   */
  readonly asSent: boolean;
}

/**
 * Opens TLS and lists the certificates of the server. TLS 1.2 is tried first, since it shows them as they were sent.
 *
 * @param dial makes a TCP connection to the host
 * @param cas PEM texts of every CA to trust, instead of Node's own; of another the connection opens all the same, not
 *   `authorized`
 */
export async function openTls(
  host: string,
  dial: () => Promise<Socket>,
  cas: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<TlsConnection> {
  const options = {
    ...(cas ? { ca: [...cas] } : {}),
    rejectUnauthorized: false,
    ...(isIP(host) ? { host } : { servername: host }),
    ALPNProtocols: ['http/1.1'],
  };
  try {
    const recorder = new Recorder();
    const stream = recordedBy(recorder, await dial());
    const socket = await opened(
      connect({ ...options, socket: stream, maxVersion: 'TLSv1.2' }),
      signal,
    );
    const sent = certificatesIn(recorder.recorded());
    if (sent) {
      return { socket, certificates: sent.map((der) => new X509Certificate(der)), asSent: true };
    }
    return { socket, certificates: joinedByNode(socket), asSent: false };
  } catch (error) {
    if (!isAboutVersion(error)) throw error;
    const socket = await opened(connect({ ...options, socket: await dial() }), signal);
    return { socket, certificates: joinedByNode(socket), asSent: false };
  }
}

async function opened(socket: TLSSocket, signal: AbortSignal): Promise<TLSSocket> {
  // Errors after the first do not matter, but they need a listener.
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect', { signal });
  return socket;
}

/** Passes on what the server sends, and records the beginning of it. */
class Recorder extends Transform {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  override _transform(chunk: Buffer, _encoding: string, next: (e: null, data: Buffer) => void) {
    if (this.#length < MOST_RECORDED) this.#chunks.push(chunk);
    this.#length += chunk.length;
    next(null, chunk);
  }

  recorded(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

function recordedBy(recorder: Recorder, socket: Socket): Duplex {
  socket.on('error', (error) => recorder.destroy(error));
  socket.on('close', () => recorder.destroy());
  socket.pipe(recorder);
  return Duplex.from({ readable: recorder, writable: socket });
}

function isAboutVersion(error: unknown): boolean {
  const code = String((error as NodeJS.ErrnoException).code);
  return /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code);
}

function joinedByNode(socket: TLSSocket): X509Certificate[] {
  const own = socket.getPeerX509Certificate();
  const chain: X509Certificate[] = [];
  // The chain ends without issuer, or with a root that names itself as its own.
  for (let one = own; one && !chain.some(({ raw }) => one?.raw.equals(raw));) {
    chain.push(one);
    one = one.issuerCertificate;
  }
  return chain;
}
