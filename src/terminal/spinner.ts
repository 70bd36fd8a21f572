import { printStatus } from './output.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Milliseconds before a wait is worth a word, and from one frame to the next. */
const PATIENCE = 200;
const FRAME = 80;

/** Says what is waited for, on a line of standard error that is gone afterwards. */
export async function spinning<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => {
    const passed = Date.now() - start;
    const frame = FRAMES[Math.floor(passed / FRAME) % FRAMES.length] ?? '';
    if (passed >= PATIENCE) printStatus(`${frame} ${what} (Esc to answer by hand)`);
  }, FRAME);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    printStatus('');
  }
}
