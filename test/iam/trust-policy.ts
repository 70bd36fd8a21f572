import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';

/** Reads a policy that a test knows to be sound. */
export function trustPolicy(json: unknown): TrustPolicy {
  const parsed = parsePolicy(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 2));
  return parsed.policy;
}
