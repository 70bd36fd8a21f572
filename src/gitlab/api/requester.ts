import { setTimeout as sleep } from 'node:timers/promises';
import { faultOfAnswer, retryAfter } from './answer-fault.ts';
import { faultOfConnection, faultOfSilence } from './connection-fault.ts';
import { GitlabFault } from './fault.ts';
import { get, type Answer } from './send.ts';
import { nextPlace } from './redirect.ts';
import type { Agent } from 'node:http';

export interface Patience {
  /** Milliseconds for one answer. */
  readonly timeout: number;
  /** Milliseconds before a question is asked again, when GitLab does not say. */
  readonly pause: number;
}

export interface Line {
  /** The address of the instance, with a slash at its end. */
  readonly base: URL;
  readonly token: string;
  readonly agent: Agent | undefined;
  readonly ca: readonly string[] | undefined;
  readonly patience: Patience;
}

const TRIES = 3;

const REDIRECTS = 3;

/**
 * Asks the API, again where that may help, and follows redirects as long as they stay at the instance.
 *
 * @param place below the instance's address, with its query
 * @throws {GitlabFault} when no data came; the signal's reason when the person did not want to wait
 */
export async function ask(line: Line, place: string, signal?: AbortSignal): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    try {
      return await askOnce(line, place, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Refusal) || error.fault.kind !== 'fleeting' || tried === TRIES) {
        throw error instanceof Refusal ? afterTries(error.fault, tried) : error;
      }
      await sleep(error.wait ?? line.patience.pause * tried, undefined, signal && { signal });
    }
  }
}

/** A fault, and how many milliseconds GitLab wants to be left alone. */
class Refusal extends Error {
  constructor(
    readonly fault: GitlabFault,
    readonly wait?: number,
  ) {
    super(fault.message);
  }
}

function afterTries({ flaw, kind }: GitlabFault, tries: number): GitlabFault {
  const what = tries === 1 ? flaw.what : `${flaw.what}, ${tries} times`;
  return new GitlabFault({ ...flaw, what }, kind);
}

async function askOnce(line: Line, place: string, signal?: AbortSignal): Promise<Answer> {
  let url = new URL(place, line.base);
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const answer = await answerOf(line, url, signal);
    if (answer.status < 300 || answer.status >= 400) {
      const fault = faultOfAnswer(line.base, answer);
      if (!fault) return answer;
      const seconds = retryAfter(answer.headers['retry-after']);
      throw new Refusal(fault, seconds === undefined ? undefined : seconds * 1000);
    }
    url = nextPlace(line.base, url, answer.headers['location']);
  }
  throw new GitlabFault({
    what: `${line.base.host} sends the question round in circles`,
    fix: 'Check the address',
  });
}

async function answerOf(line: Line, url: URL, signal?: AbortSignal): Promise<Answer> {
  const { timeout } = line.patience;
  const limit = AbortSignal.timeout(timeout);
  try {
    return await get(url, {
      headers: { 'PRIVATE-TOKEN': line.token, accept: 'application/json' },
      agent: line.agent,
      ca: line.ca,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch (error) {
    signal?.throwIfAborted();
    const { host } = line.base;
    throw new Refusal(
      limit.aborted ? faultOfSilence(host, timeout) : faultOfConnection(host, error),
    );
  }
}
