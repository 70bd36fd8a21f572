import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contextOf } from '../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { lint } from '../../src/lint/lint.ts';
import { com, GITLAB_COM, MAIN } from '../iam/vectors/vector.ts';
import { trustPolicy } from '../iam/trust-policy.ts';
import { runs } from '../support/tools/runs.ts';

/** Each run tries hundreds of tokens. */
const RUNS = Math.min(runs(500), 5000);

/** Subjects of groups that no cut of the policies' own subjects can name; refs are theirs to choose. */
const STRANGERS = ['acme-evil', 'acmex', 'acm3', 'xacme', 'evil', 'Acme']
  .flatMap((group) =>
    ['web', 'acme/web', 'x'].flatMap((name) =>
      ['branch', 'tag'].flatMap((type) =>
        ['main', 'acme/web', 'x', 'v1'].flatMap((ref) => [
          `project_path:${group}/${name}:ref_type:${type}:ref:${ref}`,
          `project_path:${group}/${name}:ref_type:${type}:ref:${ref}:ref_protected:true`,
          `project_id:2047:ref_type:${type}:ref:${ref}`,
        ]),
      ),
    ),
  )
  .map((sub) => ({ sub, context: contextOf('gitlab.com', { sub }) }));

const SUBJECTS = [
  MAIN,
  'project_path:acme/web:ref_type:tag:ref:v1',
  'project_path:acme/sub/web:ref_type:branch:ref:main:ref_protected:true',
  'project_id:20:ref_type:branch:ref:main',
];

/** A subject with one or two pieces of it made a wildcard. */
const pattern = fc
  .tuple(
    fc.constantFrom(...SUBJECTS),
    fc.array(fc.tuple(fc.nat(80), fc.nat(80), fc.constantFrom('*', '?', '*?', '')), {
      maxLength: 2,
    }),
  )
  .map(([subject, cuts]) =>
    cuts.reduce((text, [at, length, put]) => {
      const from = Math.min(at, text.length);
      return text.slice(0, from) + put + text.slice(from + length);
    }, subject),
  )
  .filter((text) => text !== '');

const condition = fc
  .record({
    operator: fc.constantFrom(
      'StringLike',
      'StringLike',
      'StringLike',
      'StringEquals',
      'StringEqualsIgnoreCase',
      'StringNotLike',
      'ForAnyValue:StringLike',
      'ForAllValues:StringLike',
      'StringLikeIfExists',
    ),
    subjects: fc.array(pattern, { minLength: 1, maxLength: 3 }),
    other: fc.option(pattern, { nil: undefined }),
  })
  .map(({ operator, subjects, other }) => ({
    [operator]: { 'gitlab.com:sub': subjects },
    ...(other !== undefined && { StringNotEquals: { 'gitlab.com:sub': other } }),
  }));

test('a policy that lets a stranger in is called dangerous', () => {
  let admitting = 0;
  fc.assert(
    fc.property(condition, (one) => {
      const policy = trustPolicy(com(one));
      const prepared = preparePolicy(policy);
      const stranger = STRANGERS.find(({ context }) =>
        isAllowed(prepared, { principal: GITLAB_COM, context }),
      )?.sub;
      if (stranger === undefined || isOwnCase(one, stranger)) return;
      admitting++;
      expect({ grade: lint(policy).grade, stranger }).toEqual({ grade: 'dangerous', stranger });
    }),
    { numRuns: RUNS },
  );
  expect(admitting).toBeGreaterThan(RUNS / 20);
});

/** GitLab's paths know no case, so under IgnoreCase `Acme` is acme. */
function isOwnCase(condition: object, stranger: string): boolean {
  return 'StringEqualsIgnoreCase' in condition && stranger.startsWith('project_path:Acme/');
}
