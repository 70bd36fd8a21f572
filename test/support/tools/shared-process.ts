import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the process ends after it. */
  readonly isLast: boolean;
}

const SOURCE = fileURLToPath(new URL('shared-process.mjs', import.meta.url));

/**
 * A process in which the built program runs again and again, each time from its start. Most of the time that a short run
 * takes is for starting Node and compiling the program, which this does once.
 */
export class SharedProcess {
  private child: ChildProcess | undefined;
  private isBusy = false;

  /** To be called where a suite begins: it ends the process with the suite. */
  constructor(private readonly program: string) {
    afterAll(() => this.stop());
  }

  /** Whether a run can begin now: a process can have but one current folder at a time. */
  isFree(): boolean {
    return !this.isBusy;
  }

  run(
    args: readonly string[],
    cwd: string,
    environment: NodeJS.ProcessEnv,
  ): Promise<Omit<Answer, 'isLast'>> {
    const child = (this.child ??= this.start());
    this.isBusy = true;
    child.ref();
    child.channel?.ref();
    return new Promise((resolve, reject) => {
      const ended = (code: number | null, signal: string | null) => {
        this.child = undefined;
        this.isBusy = false;
        reject(new Error(`The process of the program ended by ${String(signal ?? code)}`));
      };
      child.once('exit', ended);
      child.once('message', ({ isLast, ...run }: Answer) => {
        child.off('exit', ended);
        child.unref();
        child.channel?.unref();
        if (isLast) this.child = undefined;
        this.isBusy = false;
        resolve(run);
      });
      child.send({ args, cwd: resolvePath(cwd), environment });
    });
  }

  private async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    child.ref();
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  }

  private start(): ChildProcess {
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    return fork(SOURCE, [this.program], { execArgv: [], stdio: [...stdio] });
  }
}
