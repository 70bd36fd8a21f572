import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import type { AccessChange } from '../../src/blueprint/access-diff/change.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { subjects } from '../../src/gitlab/subject.ts';
import { providerArn } from '../../src/iam/arn.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy, type PreparedPolicy } from '../../src/iam/evaluate/evaluate.ts';
import {
  nearbyAnswers,
  shuffled,
  someAnswers,
  tokens,
  type Token,
} from '../support/builders/answers-nearby.ts';
import { runs } from '../support/tools/runs.ts';

const TOKENS = tokens();

/** The roles of a blueprint that let a token in, judged by the trust policies alone. */
function judge(blueprint: Blueprint): (token: Token) => string[] {
  const { prefix, audience } = blueprint.issuer;
  const roles = roleContextsOf(blueprint).map(
    ({ label: name, trust: policy }): [string, PreparedPolicy] => [name, preparePolicy(policy)],
  );
  const principal = providerArn('aws', '123456789012', prefix);
  return ({ path, id, ref, isProtected, source, form }) => {
    const values = { projectPath: path, projectId: id, ref, protectedOnly: isProtected };
    const context = contextOf(prefix, {
      aud: audience,
      // Of a subject that tells protection, the unprotected form is the last.
      sub: subjects(form, values).at(-1),
      project_id: String(id),
      ref_protected: String(isProtected),
      pipeline_source: source,
    });
    return roles
      .filter(([, policy]) => isAllowed(policy, { principal, context }))
      .map(([name]) => name);
  };
}

/** Whether a change says that a project's access to a role becomes other. */
function names({ role, sources, text }: AccessChange, wanted: string, path: string): boolean {
  if (role === undefined) return true;
  const isThere = new RegExp(`(?<![\\w-])${wanted}(?![\\w-])`).test(text);
  return isThere && sources.some((source) => source === path || path.startsWith(`${source}/`));
}

describe('between any two blueprints', () => {
  test('everyone who loses or gains access is named with the role', () => {
    fc.assert(
      fc.property(nearbyAnswers(), ([one, other]) => {
        const [before, after] = [blueprintOf(one), blueprintOf(other)];
        const [had, has] = [judge(before), judge(after)];
        const { changes } = accessDiff(before, after);
        for (const token of TOKENS) {
          const [rolesBefore, rolesAfter] = [had(token), has(token)];
          for (const role of rolesBefore.filter((name) => !rolesAfter.includes(name))) {
            const told = changes.filter((change) => names(change, role, token.path));
            expect({ token, role, told: told.filter(({ kind }) => kind !== 'gained') }).not.toEqual(
              { token, role, told: [] },
            );
          }
          for (const role of rolesAfter.filter((name) => !rolesBefore.includes(name))) {
            const told = changes.filter((change) => names(change, role, token.path));
            expect({ token, role, told: told.filter(({ kind }) => kind !== 'lost') }).not.toEqual({
              token,
              role,
              told: [],
            });
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('a blueprint differs from itself in nothing, whatever the order of its answers', () => {
    const both = someAnswers().chain((given) => fc.tuple(fc.constant(given), shuffled(given)));
    fc.assert(
      fc.property(both, ([given, reordered]) => {
        const [before, after] = [blueprintOf(given), blueprintOf(reordered)];
        // Where the quota splits a role, the order decides which part a project is in.
        fc.pre(
          [before, after].every(({ stacks: [{ roles }] }) => roles.length === given.roles.length),
        );
        expect(accessDiff(before, after)).toEqual({ changes: [], moves: [] });
      }),
      { numRuns: runs(100) },
    );
  });

  test('forth and back is the same list with the signs changed', () => {
    const opposite = {
      gained: 'lost',
      lost: 'gained',
      'role-added': 'role-removed',
      'role-removed': 'role-added',
    } as const;
    const kinds = (changes: readonly AccessChange[]) => changes.map(({ kind }) => kind).sort();
    fc.assert(
      fc.property(nearbyAnswers(), ([one, other]) => {
        const [before, after] = [blueprintOf(one), blueprintOf(other)];
        const back = accessDiff(after, before).changes.map((change) => ({
          ...change,
          kind:
            change.kind in opposite ? opposite[change.kind as keyof typeof opposite] : change.kind,
        }));
        expect(kinds(back)).toEqual(kinds(accessDiff(before, after).changes));
      }),
      { numRuns: runs(100) },
    );
  });
});
