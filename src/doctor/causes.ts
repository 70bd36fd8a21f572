import type { CheckResult } from './diagnose.ts';
import { signIn } from './checks/sign-in.ts';

/** A check that failed: one cause of the denial. */
export type FailedCheck = Extract<CheckResult, { status: 'failed' }>;

/** Every cause, the first that AWS meets first. The answer of STS itself is a cause only where no other check failed. */
export function causesOf(results: readonly CheckResult[]): FailedCheck[] {
  const failures = results.filter((one): one is FailedCheck => one.status === 'failed');
  const explained = failures.filter(({ id }) => id !== signIn.id);
  return explained.length > 0 ? explained : failures;
}
