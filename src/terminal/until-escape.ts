import { emitKeypressEvents } from 'node:readline';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/**
 * Does work until it is done, or the person presses Esc, which aborts it. Ctrl-C ends the program as it does at a question.
 *
 * @returns `undefined` after Esc
 */
export async function untilEscape<T>(
  work: (signal: AbortSignal) => Promise<T>,
): Promise<{ readonly answer: T } | undefined> {
  const stop = new AbortController();
  const onKey = (_: unknown, { name, ctrl }: Key) => {
    if (name === 'escape') stop.abort();
    if (ctrl && name === 'c') process.kill(process.pid, 'SIGINT');
  };
  emitKeypressEvents(process.stdin);
  process.stdin.on('keypress', onKey);
  process.stdin.setRawMode(true);
  process.stdin.resume();
  const aborted = new Promise<undefined>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  try {
    // Not all work heeds the signal.
    return await Promise.race([work(stop.signal).then((answer) => ({ answer })), aborted]);
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    throw error;
  } finally {
    process.stdin.off('keypress', onKey);
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
}
