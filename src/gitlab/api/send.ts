import type { Agent } from 'node:http';
import { request } from 'node:https';
import { answerTo, HEADER_BYTES, type HttpAnswer } from '../../network/http-answer.ts';

interface Sent {
  readonly token: string;
  readonly agent: Agent | undefined;
  /** Certificates to trust, in PEM, in place of Node's own. */
  readonly ca: readonly string[] | undefined;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

/** Sends one request and follows no redirect. Rejects with Node's own error where no whole answer came. */
export function get(url: URL, { token, agent, ca, mostBytes, signal }: Sent): Promise<HttpAnswer> {
  const call = request(url, {
    method: 'GET',
    // No compression: a small answer could expand to any size.
    headers: { 'PRIVATE-TOKEN': token, accept: 'application/json', 'accept-encoding': 'identity' },
    maxHeaderSize: HEADER_BYTES,
    agent,
    signal,
    ...(ca ? { ca: [...ca] } : {}),
  });
  return answerTo(call, mostBytes);
}
