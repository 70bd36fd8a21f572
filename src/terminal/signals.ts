import { printTo } from './output.ts';

/** Their numbers, which are the same everywhere; `node:os` would have to be loaded to say so. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

let late = false;
let interruption = 'Interrupted; nothing was written.';

/** What an interruption is reported as from here on. @returns what it was before */
export function reportInterruptionAs(text: string): string {
  const before = interruption;
  interruption = text;
  return before;
}

export function reportInterruption(): void {
  printTo('stderr', `\n${interruption}\n`);
}

/**
 * Ends the program on Ctrl-C and its like, with the exit code that shells expect. `exit` listeners run first, so an
 * unfinished tree is removed.
 */
export function endOnSignals(): void {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (late) return;
      reportInterruption();
      process.exit(128 + number);
    });
  }
}

/** Says that the work is done: a signal from here on is too late, and the result is still shown. */
export function finishDespiteSignals(): void {
  late = true;
}
