import { CHECKS } from './checks.ts';
import type { Facts } from './facts/facts.ts';
import type { Outcome } from './outcome.ts';

/** The outcome of a check, with the check's id and name. */
export type CheckResult = Outcome & { readonly id: string; readonly check: string };

/** Runs every check, in the order in which AWS would fail. */
export async function diagnose(facts: Facts): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { id, name, examine } of CHECKS) {
    results.push({ id, check: name, ...(await examine(facts)) });
  }
  return results;
}
