import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../write-failure.ts';

/** One file that an update changes. Both texts are in the claim's folder under the step's number. */
export interface Step {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  /** Whether there was such a file, and whether there will be. */
  readonly before: boolean;
  readonly after: boolean;
}

/** The journal's name in the claim's folder. */
export const JOURNAL = 'journal.json';

/** Where a step's text of before or after is. */
export function stepFile(claim: string, step: number, side: 'before' | 'after'): string {
  return join(claim, `${step}.${side}`);
}

/** Writes a file so that it is on the disk when this returns. */
export function writeDurably(path: string, content: Buffer | string, mode = 0o666): void {
  const file = openSync(path, 'w', mode);
  try {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** From the moment this returns, the update is decided: whoever comes next finishes it. */
export function commit(claim: string, steps: readonly Step[]): void {
  const draft = join(claim, `${JOURNAL}.draft`);
  writeDurably(draft, JSON.stringify(steps));
  renameSync(draft, join(claim, JOURNAL));
}

/** The steps that were decided; `undefined` where the update was not, and the repository is as before. */
export function readJournal(claim: string): Step[] | undefined {
  try {
    return JSON.parse(readFileSync(join(claim, JOURNAL), 'utf8')) as Step[];
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
