import type { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonIn, TooManyBytes, type HttpAnswer } from '../../network/http-answer.ts';
import { faultOfAnswer, faultOfForm } from './answer-fault.ts';
import { BOUND_FAULTS } from './bound-fault.ts';
import type { Bounds, Spent } from './bounds.ts';
import { faultOfConnection, faultOfSilence } from './connection-fault.ts';
import { GitlabFault } from './fault.ts';
import { nextPlace } from './redirect.ts';
import { retryAfter } from './retry-after.ts';
import { get } from './send.ts';

export interface RequestChannel {
  /** The URL of the instance, with a trailing slash. */
  readonly base: URL;
  readonly token: string;
  readonly agent: Agent | undefined;
  readonly ca: readonly string[] | undefined;
  readonly bounds: Bounds;
  readonly spent: Spent;
}

/** The limits of one request, which may need several answers. */
export interface RequestLimits {
  /** Fires when the person stops waiting. */
  readonly signal: AbortSignal | undefined;
  /** The deadline, in milliseconds of `performance.now()`. */
  readonly until: number;
}

/** An answer of GitLab with data. */
export interface ApiAnswer {
  readonly document: unknown;
  readonly headers: HttpAnswer['headers'];
}

/**
 * Sends a request to the API, retries where that may help, and follows redirects within the instance.
 *
 * @param place below the instance's URL, with its query
 * @throws {GitlabFault} where no data came, or a bound was reached; the signal's reason when the person stopped waiting
 */
export async function ask(
  line: RequestChannel,
  place: string,
  limits: RequestLimits,
): Promise<ApiAnswer> {
  const { bounds, spent, base } = line;
  const started = performance.now();
  try {
    for (let tried = 1; ; tried++) {
      const outcome = await tryOnce(line, place, limits);
      if ('document' in outcome) return outcome;
      const { fault, wait = bounds.pause * tried } = outcome;
      if (fault.kind !== 'fleeting') throw fault;
      if (tried === bounds.tries) throw afterTries(fault, tried);
      if (performance.now() + wait > limits.until) {
        throw BOUND_FAULTS.questionTime(base.host, bounds);
      }
      await sleep(wait, undefined, limits.signal && { signal: limits.signal });
    }
  } finally {
    spent.time += performance.now() - started;
  }
}

/** No data, and how many milliseconds GitLab asks to wait. */
interface Refusal {
  readonly fault: GitlabFault;
  readonly wait?: number;
}

function afterTries({ flaw, kind }: GitlabFault, tries: number): GitlabFault {
  const what = tries === 1 ? flaw.what : `${flaw.what}, ${tries} times`;
  return new GitlabFault({ ...flaw, what }, kind);
}

async function tryOnce(
  line: RequestChannel,
  place: string,
  limits: RequestLimits,
): Promise<ApiAnswer | Refusal> {
  const { base, bounds } = line;
  let url = new URL(place, base);
  for (let hops = 0; hops <= bounds.redirects; hops++) {
    const answer = await answerOf(line, url, limits);
    if ('fault' in answer) return answer;
    if (answer.status < 300 || answer.status >= 400) return resultOf(line, answer);
    url = nextPlace(base, url, answer.headers['location']);
  }
  throw new GitlabFault({
    what: `${base.host} redirected the request too often`,
    fix: 'Check the URL of your GitLab',
  });
}

function resultOf({ base, bounds }: RequestChannel, answer: HttpAnswer): ApiAnswer | Refusal {
  const seconds = retryAfter(answer.headers['retry-after'], Date.now());
  const fault = faultOfAnswer(base, answer.status, { seconds, patience: bounds.patience });
  if (fault) return { fault, ...(seconds === undefined ? {} : { wait: seconds * 1000 }) };
  const { headers, body } = answer;
  const read = jsonIn(body);
  return read ? { ...read, headers } : { fault: faultOfForm(base, body) };
}

async function answerOf(
  line: RequestChannel,
  url: URL,
  { signal, until }: RequestLimits,
): Promise<HttpAnswer | Refusal> {
  const { base, token, agent, ca, bounds, spent } = line;
  const { host } = base;
  const deadlines = [
    { time: bounds.answerTime, fault: faultOfSilence(host, bounds.answerTime) },
    { time: until - performance.now(), fault: BOUND_FAULTS.questionTime(host, bounds) },
    { time: bounds.runTime - spent.time, fault: BOUND_FAULTS.runTime(host, bounds) },
  ].sort((one, other) => one.time - other.time);
  const [{ time, fault: late }] = deadlines as [(typeof deadlines)[number]];
  const bytes = Math.min(bounds.answerBytes, bounds.runBytes - spent.bytes);
  if (time <= 0) throw late;
  const limit = AbortSignal.timeout(Math.ceil(time));
  try {
    const answer = await get(url, {
      token,
      agent,
      ca,
      mostBytes: bytes,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    spent.bytes += answer.body.length;
    return answer;
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) return { fault: late };
    if (error instanceof TooManyBytes) {
      throw BOUND_FAULTS[bytes < bounds.answerBytes ? 'runBytes' : 'answerBytes'](host, bounds);
    }
    return { fault: faultOfConnection(host, error) };
  }
}
