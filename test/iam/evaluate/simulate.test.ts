import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluate, isAllowed, preparePolicy } from '../../../src/iam/evaluate/evaluate.ts';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { simulated } from '../../support/tools/simulated.ts';
import { type Case, caseNearTheEdge, PROVIDER } from './near-the-edge.ts';
import { runs } from '../../support/tools/runs.ts';

const RUNS = runs(300);

const CAUSES: Readonly<Record<string, string>> = {
  Allowed: 'allow',
  ExplicitlyDenied: 'explicit-deny',
  ImplicitlyDenied: 'implicit-deny',
};

function decided({ policy, context }: Case): string {
  const parsed = parsePolicy(policy);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const request = { principal: PROVIDER, context };
  const { cause } = evaluate(parsed.policy, request);
  expect(isAllowed(preparePolicy(parsed.policy), request)).toBe(cause === 'allow');
  return cause;
}

test(`decides as another evaluator does, ${RUNS} times near the edge`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(caseNearTheEdge, async (one) => {
      const ours = decided(one);
      seen.set(ours, (seen.get(ours) ?? 0) + 1);
      expect({ ...one, cause: ours }).toEqual({
        ...one,
        cause: CAUSES[(await simulated(one.policy, PROVIDER, one.context)) ?? ''],
      });
    }),
    { numRuns: RUNS },
  );
  // A comparison that never sees an answer proves nothing about it.
  expect([...seen.keys()].sort()).toEqual(['allow', 'explicit-deny', 'implicit-deny']);
  if (process.env['RUNS']) console.log(Object.fromEntries(seen));
}, 600_000);
