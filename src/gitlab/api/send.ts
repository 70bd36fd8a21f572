import type { Agent } from 'node:http';
import { request } from 'node:https';

/** An HTTP answer, read to its end. */
export interface Answer {
  readonly status: number;
  /** One value each; those that come several times are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent | undefined;
  /** Certificates to trust, in PEM, in place of Node's own. */
  readonly ca: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/** Asks once, and follows nothing. Rejects with Node's own error when no whole answer came. */
export function get(url: URL, { headers, agent, ca, signal }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { headers, agent, signal, ...(ca ? { ca: [...ca] } : {}) };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: singles(response.headers),
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

function singles(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}
