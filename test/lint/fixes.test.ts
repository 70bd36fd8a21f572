import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Condition, TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { lint } from '../../src/lint/lint.ts';
import { allowedOf, aroundAToken } from './around-a-token.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(300);

/** The policy with another condition in place of the one that holds a path, or `undefined` where none does. */
function withCondition(
  policy: TrustPolicy,
  path: string,
  change: (condition: Condition) => Condition,
): TrustPolicy | undefined {
  const isAt = (one: Condition) =>
    one.path === path || one.values.some((value) => value.path === path);
  if (!policy.statements.some(({ conditions }) => conditions.some(isAt))) return undefined;
  const statements = policy.statements.map((statement) => ({
    ...statement,
    conditions: statement.conditions.map((one) => (isAt(one) ? change(one) : one)),
  }));
  return { ...policy, statements };
}

const like = { base: 'StringLike', ifExists: false, text: 'StringLike' };

/** What a person does who follows the advice, where it is about an operator or one value. */
function applied(policy: TrustPolicy, { id, path, fix }: Finding): TrustPolicy | undefined {
  if (id === 'OIDC009' && fix.startsWith('Use StringLike')) {
    return withCondition(policy, path, (one) => ({
      ...one,
      operator: like,
      values: one.values.filter((value) => value.path === path),
    }));
  }
  if (id === 'OIDC004') {
    return withCondition(policy, path, (one) => ({
      ...one,
      values: one.values.map((value) =>
        value.path === path
          ? { ...value, text: value.text.replace(/^(project_path:[^/*]*)\*/, '$1/*') }
          : value,
      ),
    }));
  }
  if (['OIDC006', 'OIDC007', 'OIDC116'].includes(id)) {
    return withCondition(policy, path, (one) => ({
      ...one,
      operator: { base: one.operator.base, ifExists: false, text: one.operator.base },
    }));
  }
  return undefined;
}

test(`the advice on a closed role never opens it beyond one project, ${RUNS} times`, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(aroundAToken, ({ policy, tokens, request: more }) => {
      const before = allowedOf(policy, tokens, more);
      for (const finding of lint(policy).findings) {
        const after = applied(policy, finding);
        if (!after) continue;
        seen.set(finding.id, (seen.get(finding.id) ?? 0) + 1);
        const gained = allowedOf(after, tokens, more).filter((one) => !before.includes(one));
        const projects = new Set(gained.map((one) => one['project_path']));
        const most = finding.id === 'OIDC009' ? 1 : 0;
        expect({ finding, projects: projects.size <= most ? 'few' : [...projects] }).toEqual({
          finding,
          projects: 'few',
        });
      }
    }),
    { numRuns: RUNS },
  );
  expect(seen.size).toBeGreaterThan(1);
  if (process.env['RUNS']) console.log(Object.fromEntries(seen));
}, 3_600_000);
