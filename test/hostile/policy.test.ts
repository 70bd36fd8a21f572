import { expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { evaluate } from '../../src/iam/evaluate/evaluate.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { lint } from '../../src/lint/lint.ts';

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';

function policyOf(subjects: string | readonly string[]): TrustPolicy {
  const parsed = parsePolicy({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'gitlab.com:sub': subjects } },
    },
  });
  if (!parsed.ok) throw new Error('this is a policy');
  return parsed.policy;
}

function check(policy: TrustPolicy): void {
  lint(policy, {});
  accessOf({ policy });
  evaluate(policy, { principal: PROVIDER, context: { 'gitlab.com:sub': 'project_path:a/b' } });
}

/** The processor time of a run, in milliseconds: other programs do not count. */
function timeOf(run: () => void): number {
  const started = process.cpuUsage();
  run();
  return process.cpuUsage(started).user / 1000;
}

/** Four times the input may take ten times as long on a busy machine; a quadratic cost takes sixteen times. */
const MOST = 10;
/** The system counts processor time in steps of 10 ms at most: this many are counted well. */
const WELL_COUNTED = 200;
const MOST_ROUNDS = 8;

/** The time of as many runs of each as are counted well, in turn, since a machine is slower at times. */
function timesOf(one: () => void, other: () => void): { few: number; many: number } {
  let [few, many] = [0, 0];
  for (let round = 0; round < MOST_ROUNDS && few < WELL_COUNTED; round++) {
    few += timeOf(one);
    many += timeOf(other);
  }
  return { few, many };
}

test.each<[string, number, (length: number) => string | string[]]>([
  ['openings of a variable', 10_000, (n) => '${'.repeat(n)],
  ['commas and quotes in a variable', 10_000, (n) => `\${${",'".repeat(n)}x}`],
  ['projects', 2_000, (n) => subjects(n, (i) => `a/b${i}:ref_type:branch:ref:main`)],
  ['equal subjects', 2_000, (n) => subjects(n, () => 'a/b:ref_type:branch:ref:main')],
  ['refs of one project', 2_000, (n) => subjects(n, (i) => `a/b:ref_type:branch:ref:r${i}`)],
])('the time for many %s is proportional to their number', (_, length, make) => {
  const [small, large] = [policyOf(make(length)), policyOf(make(4 * length))];
  check(small);
  const { few, many } = timesOf(
    () => {
      check(small);
    },
    () => {
      check(large);
    },
  );
  expect(many).toBeLessThan(MOST * Math.max(10, few));
});

test('a policy with 150,000 subjects is checked', () => {
  const policy = policyOf(subjects(150_000, (i) => `a/b:ref_type:branch:ref:r${i}`));
  expect(() => {
    check(policy);
  }).not.toThrow();
});

function subjects(count: number, of: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => `project_path:${of(index)}`);
}
