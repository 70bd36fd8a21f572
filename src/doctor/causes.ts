import type { Finding } from './diagnose.ts';

type Failure = Extract<Finding, { status: 'failed' }>;

/** What is wrong, the first that AWS meets first. What STS itself says is a cause only where nothing else explains it. */
export function causesOf(findings: readonly Finding[]): Failure[] {
  const failures = findings.filter((one): one is Failure => one.status === 'failed');
  const explained = failures.filter(({ check }) => check !== 'sign-in');
  return explained.length > 0 ? explained : failures;
}
