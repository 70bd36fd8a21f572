import { type FaultKind, GitlabFault } from './fault.ts';

/** The answer, or `undefined` where the request ends in one of these faults. */
export async function unless<T>(
  kinds: readonly FaultKind[],
  question: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof GitlabFault && kinds.includes(error.kind)) return undefined;
    throw error;
  }
}
