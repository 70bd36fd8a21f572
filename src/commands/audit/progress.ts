import { columnsOf, isSeen, printStatus } from '../../terminal/output.ts';

/** Dumps that are worth a line about progress, and the milliseconds between two of these lines. */
const MANY = 20;
const PAUSE = 200;

type ShowProgress = (done: number, of: number) => void;

export function showDumps(): ShowProgress {
  return progress(({ done, of }) => `Reading dump ${done} of ${of}`, MANY);
}

/** Projects and groups about which GitLab is asked. */
export function showAsked(): ShowProgress {
  return progress(({ done, of }) => `Asking GitLab about project or group ${done} of ${of}`, MANY);
}

/** @param notRead how many accounts were not read so far */
export function showAccounts(notRead: () => number): ShowProgress {
  return progress(({ done, of }) => {
    const missing = notRead();
    const also = missing === 0 ? '' : `, ${missing} not read`;
    return `${bar(done / of)} ${done} of ${of} accounts${also}`;
  }, 2);
}

/** A line on standard error that the next one replaces and that is gone in the end, where a person sees it. */
function progress(
  text: (at: { readonly done: number; readonly of: number }) => string,
  many: number,
): ShowProgress {
  if (!isSeen('stderr')) return () => undefined;
  let last = 0;
  return (done, of) => {
    const now = Date.now();
    if (done === of && last > 0) printStatus('');
    else if (of >= many && now - last >= PAUSE) {
      last = now;
      // A line that wraps could not be taken back.
      printStatus(text({ done, of }).slice(0, columnsOf('stderr') - 1));
    }
  };
}

const CELLS = 20;

function bar(share: number): string {
  const full = Math.round(share * CELLS);
  return `${'█'.repeat(full)}${'░'.repeat(CELLS - full)}`;
}
