import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasJournal, JOURNAL, readJournal } from './journal.ts';
import { acquire, release, type Lock } from './lock.ts';
import { applySteps } from './steps.ts';

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
 * @throws {ProblemError} when another run has the lock, or what a killed run left cannot be finished
 */
export async function withLock<T>(
  root: string,
  work: (lock: Lock, recovery: Recovery | undefined) => Promise<T>,
): Promise<T> {
  const lock = acquire(root);
  const end = () => {
    // A journal that is still there has work left for the next run.
    if (!hasJournal(lock.folder)) release(lock);
  };
  process.once('exit', end);
  try {
    const result = await work(lock, lock.inherited ? recover(root, lock) : undefined);
    release(lock);
    return result;
  } catch (error) {
    end();
    throw error;
  } finally {
    process.removeListener('exit', end);
  }
}

function recover(root: string, { folder }: Lock): Recovery {
  const steps = readJournal(folder);
  const merged = applySteps(root, folder, steps ?? []);
  // Without the journal the rest belongs to nobody.
  rmSync(join(folder, JOURNAL), { force: true });
  for (const name of readdirSync(folder).filter((file) => /^\d+\./.test(file))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
  return { finished: steps !== undefined, merged };
}
