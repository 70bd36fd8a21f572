import { spawnSync } from 'node:child_process';
import type { Table } from './benchmark.ts';
import { median } from './statistics.ts';

/** A command to time, as a whole process. */
export interface Command {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Clears what an earlier run left; not timed. */
  readonly before?: () => void;
}

/** Not set in what is measured: Node 20 reads the certificates that it names at every start, whatever it then runs. */
export const UNSET = 'NODE_EXTRA_CA_CERTS';

/** @returns wall time in milliseconds @throws {Error} with what it printed, when it fails */
export function timed({ label, command, args, cwd, env, before }: Command): number {
  before?.();
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, [UNSET]: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1e9,
  });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${label} failed: ${error?.message ?? `${stdout}${stderr}`}`);
  return took;
}

/**
 * Times commands in turn, A B C A B C …, so that a change of the machine's speed meets all of them; one round before
 * warms up. The ratio is the median of the ratios round by round, to the first command.
 */
export function interleaved(commands: readonly Command[], rounds: number): Table {
  const round = () => commands.map(timed);
  round();
  const times = Array.from({ length: rounds }, round);
  return {
    headings: ['Command', 'Median, ms', `Ratio to ${commands[0]?.label ?? ''}`],
    rows: commands.map(({ label }, at) => [
      label,
      median(times.map((row) => row[at] ?? NaN)).toFixed(0),
      median(times.map((row) => (row[at] ?? NaN) / (row[0] ?? NaN))).toFixed(2),
    ]),
    notes: [`${rounds} rounds after one to warm up.`],
  };
}
