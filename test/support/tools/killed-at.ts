import { run, type Run } from './program.ts';

const PRELOAD = new URL('killed-at-step.mjs', import.meta.url).href;

/** Runs an update that is killed before it changes the disk for the nth time. */
export function killedAt(step: number, folder: string): Promise<Run> {
  return run(['update'], folder, undefined, {
    NODE_OPTIONS: `--import ${PRELOAD}`,
    KILL_AT_STEP: String(step),
  });
}
