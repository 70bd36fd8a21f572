import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SharedProcess } from './shared-process.ts';

/**
 * The built program; `npm run build` makes it. `PROGRAM` in the environment names another build, so that a test can be
 * seen to fail on an older one.
 */
export const PROGRAM =
  process.env['PROGRAM'] ?? fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Run {
  /** 128 and the signal's number, as a shell has it, where a signal ended it. */
  readonly exitCode: number;
  /** Whether the signal ended it, before the program could hear it or when it had ended all its work. */
  readonly unheard: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** A signal to send, and when: so many milliseconds after the start, or after something appears in the folder. */
export interface Interruption {
  readonly signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM';
  readonly after: number;
  readonly onceThereIs?: string;
}

/** The runs of a unit test share a process, unless another build is named; `SHARED_PROCESS=0` gives each its own. */
const shared =
  process.env['SHARED_PROCESS'] === '1' && process.env['PROGRAM'] === undefined
    ? new SharedProcess(PROGRAM)
    : undefined;

/**
 * Runs the built program without a terminal. A run that is interrupted, that has variables of Node or that begins before
 * another has ended has a process of its own.
 */
export async function run(
  args: readonly string[],
  cwd: string,
  interruption?: Interruption,
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const isForNode = Object.keys(environment).some((name) => name.startsWith('NODE_'));
  if (!shared?.isFree() || interruption || isForNode)
    return runAlone(args, cwd, interruption, environment);
  return { ...(await shared.run(args, cwd, fullEnvironment(environment))), unheard: false };
}

/** The same in a new process, where the time of the whole run counts. */
export function runAlone(
  args: readonly string[],
  cwd: string,
  interruption?: Interruption,
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd,
      env: fullEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const stop = interruption && interrupt(child, cwd, interruption);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stop?.();
      const numbers: Record<string, number> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
      resolve({
        exitCode: code ?? 128 + (numbers[signal ?? ''] ?? 0),
        unheard: code === null,
        stdout,
        stderr,
      });
    });
  });
}

/** Without the machine's own CAs: Node reads all of them first, which doubles the time that it takes to start. */
function fullEnvironment(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...ofMachine } = process.env;
  return { ...ofMachine, NO_COLOR: '1', ...environment };
}

/** @returns what calls it off */
function interrupt(child: ChildProcess, cwd: string, { signal, after, onceThereIs }: Interruption) {
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer ??= setTimeout(() => child.kill(signal), after);
  };
  const watcher = watch(cwd, (_, name) => {
    if (name === onceThereIs) start();
  });
  if (onceThereIs === undefined) start();
  return () => {
    watcher.close();
    clearTimeout(timer);
  };
}
