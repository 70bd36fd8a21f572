import type { ClientRequest, IncomingMessage } from 'node:http';

/** An HTTP answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** The server's own words for the status, unchecked. */
  readonly reason: string;
  /** Headers with one value; repeated ones are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bytes of headers: Node's own limit, stated so that no environment setting raises it. */
export const HEADER_BYTES = 16 * 1024;

/** The body of an answer has more bytes than the reader allows. */
export class TooManyBytes extends Error {
  override readonly name = 'TooManyBytes';
}

/**
 * Sends a request, and reads its answer up to a number of bytes. Follows no redirect and decompresses nothing.
 *
 * @param call created with `maxHeaderSize` and a signal that ends it in time
 * @throws {TooManyBytes} for a longer body, of which no more is read; Node's own error where no whole answer came
 */
export async function answerTo(call: ClientRequest, mostBytes: number): Promise<HttpAnswer> {
  const response = await responseTo(call);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw new TooManyBytes(`more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: singles(response.headers),
    body: Buffer.concat(chunks),
  };
}

function responseTo(call: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.on('response', resolve);
    // Remains after the answer: a server may break the connection at any time, and the reader of the body gets the error.
    call.on('error', reject);
    call.on('close', () => {
      reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' }));
    });
    call.end();
  });
}

function singles(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

/** The text of a JSON document read as data; `undefined` where it is not JSON in UTF-8. */
export function jsonIn(body: Buffer): { readonly document: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return { document: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
