import { columnsOf, printStatus } from './output.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Milliseconds before a wait is worth a word, and from one frame to the next. */
const PATIENCE = 200;
const FRAME = 80;

const HINT = ' (Esc to answer by hand)';

/** Shows what is waited for, on a line of standard error that is gone afterwards. */
export async function spinning<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => {
    const passed = Date.now() - start;
    const frame = FRAMES[Math.floor(passed / FRAME) % FRAMES.length] ?? '';
    if (passed >= PATIENCE) printStatus(`${frame} ${cut(what)}${HINT}`);
  }, FRAME);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    printStatus('');
  }
}

/** A line that wraps could not be taken back. */
function cut(text: string): string {
  const room = columnsOf('stderr') - HINT.length - 3;
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}
