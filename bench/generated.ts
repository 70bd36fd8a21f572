import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Place } from './benchmark.ts';

/** One generation: its time and memory, and how much text came out. */
export interface Sample {
  readonly milliseconds: number;
  readonly megabytes: number;
  readonly bytes: number;
}

/** Generates from an answers file in a process of its own. @throws {Error} where that fails */
export function generated({ folder }: Place, file: string): Sample {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'generate-roles.mjs'), file],
    { encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(`the generation of ${file} failed: ${stderr}`);
  return JSON.parse(stdout) as Sample;
}
