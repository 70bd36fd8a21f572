import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestOf } from '../../src/access/witness.ts';
import { issuerOfUrl } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import type { Condition, Statement, TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import { lint } from '../../src/lint/lint.ts';
import { allowedOf, aroundAToken } from './around-a-token.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(300);

/** The statement that a path is in, with the condition or the value at the path alone of its condition. */
function statementAt({ statements }: TrustPolicy, path: string): Statement | undefined {
  const alone = (one: Condition): Condition =>
    one.path === path ? one : { ...one, values: one.values.filter((value) => value.path === path) };
  for (const statement of statements) {
    const found = statement.conditions.find(
      (one) => one.path === path || one.values.some((value) => value.path === path),
    );
    if (!found) continue;
    const conditions = statement.conditions.map((one) => (one === found ? alone(one) : one));
    return { ...statement, conditions };
  }
  return undefined;
}

test(`every token that a finding shows is accepted, ${RUNS} times`, () => {
  const seen = { shown: 0, openings: 0 };
  fc.assert(
    fc.property(aroundAToken, ({ policy }) => {
      const prepared = preparePolicy(policy);
      for (const { id, harm, path, witness } of lint(policy).findings) {
        if (harm === 'lets-in') {
          seen.openings++;
          expect({ id, path, witness: witness !== undefined }).toEqual({ id, path, witness: true });
        }
        if (!witness) continue;
        seen.shown++;
        const issuer = issuerOfUrl(witness.claims['iss'] ?? '');
        const allowed = isAllowed(prepared, requestOf(witness, issuer));
        expect({ id, path, witness, allowed }).toEqual({ id, path, witness, allowed: true });
      }
    }),
    { numRuns: RUNS },
  );
  // An agreement about nothing proves nothing.
  expect(Object.entries(seen).filter(([, times]) => times < RUNS / 20)).toEqual([]);
  if (process.env['RUNS']) console.log(seen);
}, 3_600_000);

test(`what a finding calls closed admits no token, ${RUNS} times`, () => {
  let reported = 0;
  fc.assert(
    fc.property(aroundAToken, ({ policy, tokens, request: more }) => {
      for (const { id, harm, path } of lint(policy).findings) {
        const statement = harm === 'locks-out' ? statementAt(policy, path) : undefined;
        if (!statement) continue;
        reported++;
        const allowed = allowedOf({ ...policy, statements: [statement] }, tokens, more);
        expect({ id, path, allowed }).toEqual({ id, path, allowed: [] });
      }
    }),
    { numRuns: RUNS },
  );
  expect(reported).toBeGreaterThan(RUNS / 20);
  if (process.env['RUNS']) console.log({ reported });
}, 3_600_000);

test(`a policy that admits a token is not reported to admit nobody, ${RUNS} times`, () => {
  let admitting = 0;
  fc.assert(
    fc.property(aroundAToken, ({ policy, tokens, request: more }) => {
      const allowed = allowedOf(policy, tokens, more);
      if (allowed.length === 0) return;
      admitting++;
      const { grade, judged, findings } = lint(policy);
      expect(grade).not.toBe('not-judged');
      // With one statement, nothing but the statement itself can admit the token.
      const isOnly = policy.statements.length === 1 && judged > 0;
      const dead = findings.filter(({ id }) => isOnly && id === 'OIDC035');
      const providers = policy.statements[0]?.principal.entries.length;
      if (providers === 1) expect({ allowed, dead }).toEqual({ allowed, dead: [] });
    }),
    { numRuns: RUNS },
  );
  expect(admitting).toBeGreaterThan(RUNS / 20);
}, 3_600_000);
