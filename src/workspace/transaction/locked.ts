import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { applySteps } from './steps.ts';
import { claim, release, type Claim } from './lock.ts';
import { JOURNAL, readJournal } from './journal.ts';

/** What was found of an update that had been killed. */
export interface Recovery {
  /** Whether it had been decided, and is finished now. */
  readonly finished: boolean;
  /** Files that were changed after it was killed, and are merged. */
  readonly merged: readonly string[];
}

/**
 * Does something to a repository that nobody else changes meanwhile, after finishing what a killed run left.
 *
 * @throws {ProblemError} when another run has it
 */
export async function claimed<T>(
  root: string,
  work: (claim: Claim, recovery: Recovery | undefined) => Promise<T>,
): Promise<T> {
  const own = claim(root);
  const end = () => {
    // A journal that is still there has work left for the next run.
    if (readJournal(own.folder) === undefined) release(own);
  };
  process.once('exit', end);
  try {
    const result = await work(own, own.inherited ? recover(root, own) : undefined);
    release(own);
    return result;
  } catch (error) {
    end();
    throw error;
  } finally {
    process.removeListener('exit', end);
  }
}

function recover(root: string, { folder }: Claim): Recovery {
  const steps = readJournal(folder);
  const merged = applySteps(root, folder, steps ?? []);
  // Without the journal the rest is nobody's.
  rmSync(join(folder, JOURNAL), { force: true });
  for (const name of readdirSync(folder).filter((file) => /^\d+\./.test(file))) {
    rmSync(join(folder, name));
  }
  return { finished: steps !== undefined, merged };
}
