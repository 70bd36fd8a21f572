import { constants } from 'node:os';

let late = false;

/**
 * Ends the program on Ctrl-C and its like, with the exit code that shells expect. `exit` listeners run first, so an
 * unfinished tree is removed.
 */
export function endOnSignals(): void {
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (late) return;
      process.stderr.write('\nInterrupted; nothing was written.\n');
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** Says that the work is done: a signal from here on is too late, and the result is still told. */
export function finishDespiteSignals(): void {
  late = true;
}
