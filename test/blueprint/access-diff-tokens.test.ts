import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import type { AccessChange } from '../../src/blueprint/access-diff/change.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { subjects } from '../../src/gitlab/subject.ts';
import { providerArn } from '../../src/iam/arn.ts';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy, type PreparedPolicy } from '../../src/iam/evaluate/evaluate.ts';
import type { RequestContext } from '../../src/iam/evaluate/request.ts';
import {
  drawnBlueprint,
  nearbyAnswers,
  shuffled,
  tokens,
  type Token,
  unsplitAnswers,
} from '../support/builders/answers-nearby.ts';
import { runs } from '../support/tools/runs.ts';

const TOKENS = tokens();

/** What AWS reads of each token, by issuer and audience: the same for every blueprint. */
const contexts = new Map<string, ReadonlyMap<Token, RequestContext>>();

function contextsOf({ prefix, audience }: Blueprint['issuer']): ReadonlyMap<Token, RequestContext> {
  const key = `${prefix} ${audience}`;
  const known =
    contexts.get(key) ?? new Map(TOKENS.map((one) => [one, read(one, prefix, audience)]));
  contexts.set(key, known);
  return known;
}

function read(
  { path, id, ref, isProtected, source, form }: Token,
  prefix: string,
  audience: string,
): RequestContext {
  const values = { projectPath: path, projectId: id, ref, protectedOnly: isProtected };
  return contextOf(prefix, {
    aud: audience,
    // Of a subject that tells protection, the unprotected form is the last.
    sub: subjects(form, values).at(-1),
    project_id: String(id),
    ref_protected: String(isProtected),
    pipeline_source: source,
  });
}

/** The roles of a blueprint that let a token in, judged by the trust policies alone. */
function judge(blueprint: Blueprint): (token: Token) => string[] {
  const known = contextsOf(blueprint.issuer);
  const roles = roleContextsOf(blueprint).map(
    ({ label: name, trust: policy }): [string, PreparedPolicy] => [name, preparePolicy(policy)],
  );
  const principal = providerArn('aws', '123456789012', blueprint.issuer.prefix);
  return (token) => {
    const context = known.get(token) ?? {};
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
        const [before, after] = [drawnBlueprint(one), drawnBlueprint(other)];
        const [had, has] = [judge(before), judge(after)];
        const { changes } = accessDiff(before, after);
        // Tokens of one project that lose or gain the same role ask the same of the changes.
        const asked = new Set<string>();
        const expectReported = (token: Token, role: string, not: AccessChange['kind']) => {
          const question = `${not} ${role} ${token.path}`;
          if (asked.has(question)) return;
          asked.add(question);
          const reported = changes.filter(
            (change) => change.kind !== not && names(change, role, token.path),
          );
          expect({ token, role, reported }).not.toEqual({ token, role, reported: [] });
        };
        for (const token of TOKENS) {
          const [rolesBefore, rolesAfter] = [had(token), has(token)];
          for (const role of rolesBefore) {
            if (!rolesAfter.includes(role)) expectReported(token, role, 'gained');
          }
          for (const role of rolesAfter) {
            if (!rolesBefore.includes(role)) expectReported(token, role, 'lost');
          }
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test('a blueprint differs from itself in nothing, whatever the order of its answers', () => {
    // Where the quota splits a role, the order decides which part a project is in.
    const both = unsplitAnswers().chain((given) => fc.tuple(fc.constant(given), shuffled(given)));
    fc.assert(
      fc.property(both, ([given, reordered]) => {
        const [before, after] = [drawnBlueprint(given), drawnBlueprint(reordered)];
        expect(before.stacks[0].roles).toHaveLength(given.roles.length);
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
        const [before, after] = [drawnBlueprint(one), drawnBlueprint(other)];
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
