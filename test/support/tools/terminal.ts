import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

let opened = 0;

/** A real terminal with a program in it, by tmux. */
export class Terminal {
  private isClosed = false;

  private constructor(private readonly socket: string) {}

  static open(command: string, cwd: string, columns = 100, rows = 60): Terminal {
    const terminal = new Terminal(`terminal-${process.pid}-${++opened}`);
    terminal.tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-x',
      String(columns),
      '-y',
      String(rows),
      '-c',
      cwd,
      command,
    );
    terminal.tmux('set-option', 'remain-on-exit', 'on');
    return terminal;
  }

  /** The screen, without blank lines. */
  screen(): string {
    const text = this.tmux('capture-pane', '-p');
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join('\n');
  }

  /** All lines as they are shown, blank ones too. @param colors whether with the escape sequences for color */
  lines(colors = false): string[] {
    return this.capture(...(colors ? ['-e'] : []));
  }

  /** The lines that the program printed, whole where they are wider than the terminal. */
  printed(): string[] {
    return this.capture('-J');
  }

  private capture(...options: string[]): string[] {
    return this.tmux('capture-pane', '-p', ...options)
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  }

  /** The question that waits for an answer, as far as it fits on its first line; not one that was interrupted. */
  question(): string | undefined {
    const lines = this.lines();
    const interrupted = lines.findLastIndex((line) => line.startsWith('Draft saved: '));
    return lines.slice(interrupted + 1).findLast((line) => line.startsWith('? '));
  }

  /** The process that the terminal was opened for. */
  pid(): number {
    return Number(this.tmux('list-panes', '-F', '#{pane_pid}'));
  }

  /** Waits until the last lines of the screen hold a text. What is shown before a long list is further up. */
  async until(text: string, milliseconds = 30_000, lines = 14): Promise<string> {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) {
      const screen = this.screen();
      if (screen.split('\n').slice(-lines).join('\n').includes(text)) return screen;
      await sleep(30);
    }
    throw new Error(`"${text}" did not come; the screen is\n${this.screen()}`);
  }

  /** Presses keys, by tmux's names for them, or types text. */
  press(...keys: string[]): void {
    this.tmux('send-keys', ...keys);
  }

  /** Pastes text as a terminal does that marks what is pasted. */
  paste(text: string): void {
    this.tmux('set-buffer', text);
    this.tmux('paste-buffer', '-p');
  }

  /** Ends what runs in the terminal, and waits for its end: until then it may write files. It may be closed already. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const group = -this.pid();
    this.tmux('kill-server');
    const end = Date.now() + 10_000;
    while (isRunning(group) && Date.now() < end) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }

  private tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.socket, ...args], { encoding: 'utf8' });
  }
}

function isRunning(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}
