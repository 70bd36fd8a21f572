import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { issuerOfUrl } from '../../src/iam/condition-keys.ts';
import type { Condition, TrustPolicy } from '../../src/iam/evaluate/policy.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { lint } from '../../src/lint/lint.ts';
import { GITLAB_COM, read, request, token } from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';
import { allowedOf, aroundAToken } from './around-a-token.ts';

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

/** The rules whose advice is about an operator or one value. */
const ADVISING = ['OIDC004', 'OIDC006', 'OIDC007', 'OIDC009', 'OIDC116'];

/** A role with one pattern around a token: under StringEquals it is closed, under StringLike it may be too open. */
const aroundAWildcard = token.chain((claims) => {
  const { sub = '', iss = '', project_path: path = '' } = claims;
  const [group = ''] = path.split('/');
  return fc.record({
    policy: fc
      .record({
        operator: fc.constantFrom(
          'StringEquals',
          'StringEqualsIgnoreCase',
          'StringEqualsIfExists',
          ...Array<string>(4).fill('StringLike'),
        ),
        pattern: fc.constantFrom(
          `project_path:${path}:*`,
          `project_path:${path}:ref_type:*`,
          `project_path:${path}:ref_type:branch:ref:m*`,
          sub.replace(/:[^:]*$/, ':*'),
          sub.replace(/.$/, '?'),
          `project_path:${path}*`,
          `project_path:${group}/*`,
          `project_path:${group}*`,
          `project_path:${group.slice(0, 1)}*`,
          `project_path:${group.slice(0, 2)}*`,
          'project_path:*',
          '*',
        ),
        guard: fc.constantFrom('', 'ForAllValues:StringEquals', 'StringLikeIfExists'),
        exact: fc.constantFrom([], [sub], ['project_path:b/c:ref_type:branch:ref:main']),
      })
      .map(({ operator, pattern, guard, exact }) =>
        read({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: GITLAB_COM.replace('gitlab.com', issuerOfUrl(iss)) },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              [operator]: { [`${issuerOfUrl(iss)}:sub`]: [pattern, ...exact] },
              // No token has this key.
              ...(guard !== '' && { [guard]: { [`${issuerOfUrl(iss)}:ref`]: 'main' } }),
            },
          },
        }),
      ),
    tokens: fc.array(token, { minLength: 8, maxLength: 8 }).map((more) => [claims, ...more]),
    request,
  });
});

test(`the advice on a closed role never opens it beyond one project, ${RUNS} times`, () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.oneof(aroundAToken, aroundAWildcard), ({ policy, tokens, request: more }) => {
      const before = allowedOf(policy, tokens, more);
      for (const finding of lint(policy).findings) {
        const after = applied(policy, finding);
        if (!after) continue;
        seen.set(finding.id, (seen.get(finding.id) ?? 0) + 1);
        const gained = allowedOf(after, tokens, more).filter((one) => !before.includes(one));
        // Where the value names an id, its tokens are of one project, whatever paths are drawn for it.
        const identity = finding.about.startsWith('"project_id:') ? 'project_id' : 'project_path';
        const projects = new Set(gained.map((one) => one[identity]));
        const most = finding.id === 'OIDC009' ? 1 : 0;
        expect({ finding, projects: projects.size <= most ? 'few' : [...projects] }).toEqual({
          finding,
          projects: 'few',
        });
      }
    }),
    { numRuns: RUNS },
  );
  // Advice that was never drawn is not known to be safe.
  expect([...seen.keys()].sort()).toEqual(ADVISING);
  if (process.env['RUNS']) console.log(Object.fromEntries(seen));
}, 3_600_000);
