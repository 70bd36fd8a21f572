import { CHECKS } from './checks.ts';
import type { Facts } from './facts/facts.ts';
import type { Outcome } from './outcome.ts';

/** An outcome with the name of its check. */
export type Finding = Outcome & { readonly check: string };

/** Runs every check, in the order in which AWS would fail. */
export async function diagnose(facts: Facts): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, examine } of CHECKS) {
    findings.push({ check: name, ...(await examine(facts)) });
  }
  return findings;
}
