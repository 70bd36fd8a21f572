import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import { onPath } from './required-tools.ts';

const SOURCE = fileURLToPath(new URL('shared-cli.py', import.meta.url));

export interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The AWS CLI of the PATH, loaded once for the calls of a suite; each call is a process of its own. */
export class SharedCli {
  readonly #waiting = new Map<string, (exitCode: number) => void>();
  #folder = '';
  #child: ChildProcess | undefined;
  #calls = 0;

  /** To be called where a suite begins: it ends the process with the suite. */
  private constructor(private readonly python: string) {
    afterAll(() => this.#stop());
  }

  /** @returns `undefined` where the CLI is not a script of Python */
  static found(): SharedCli | undefined {
    const file = onPath('aws');
    if (file === undefined) return undefined;
    const [, python] = /^#!(\S*\/python[\d.]*)\n/.exec(readFileSync(file, 'latin1')) ?? [];
    return python === undefined ? undefined : new SharedCli(python);
  }

  async run(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): Promise<CliRun> {
    const child = (this.#child ??= this.#start());
    const id = String(++this.#calls);
    const [stdout, stderr] = [join(this.#folder, `${id}.out`), join(this.#folder, `${id}.err`)];
    const call = { id, args, cwd: resolvePath(cwd), environment, stdout, stderr };
    const exitCode = await new Promise<number>((resolve) => {
      this.#waiting.set(id, resolve);
      child.stdin?.write(`${JSON.stringify(call)}\n`);
    });
    return {
      exitCode,
      stdout: readFileSync(stdout, 'utf8'),
      stderr: readFileSync(stderr, 'utf8'),
    };
  }

  #start(): ChildProcess {
    this.#folder = mkdtempSync(join(tmpdir(), 'aws-'));
    const child = spawn(this.python, [SOURCE], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [id = '', exitCode = ''] = line.split(' ');
      this.#waiting.get(id)?.(Number(exitCode));
      this.#waiting.delete(id);
    });
    return child;
  }

  async #stop(): Promise<void> {
    if (this.#child === undefined) return;
    const exit = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exit;
    rmSync(this.#folder, { recursive: true });
  }
}
