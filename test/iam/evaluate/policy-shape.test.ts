import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ParsedPolicy, parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { namedText, parseShaped, shapeOfPolicy } from '../../../src/iam/evaluate/policy-shape.ts';
import { policyAround, token } from '../../access/near-policies.ts';
import { runs } from '../../support/tools/runs.ts';
import { namingPolicy } from './naming-policies.ts';

const RUNS = runs(500);

/** The statements of a policy that has a shape are made when somebody asks. */
function withStatements(parsed: ParsedPolicy): ParsedPolicy {
  if (!parsed.ok) return parsed;
  const { policy } = parsed;
  return { ok: true, policy: { ...policy, statements: policy.statements } };
}

test(`a policy is read by its shape as it is read by itself, ${RUNS} times`, () => {
  let withShape = 0;
  fc.assert(
    fc.property(fc.oneof(namingPolicy, token.chain(policyAround)), (drawn) => {
      const document = drawn as Readonly<Record<string, unknown>>;
      const parsed = parseShaped(document);
      expect(withStatements(parsed)).toEqual(parsePolicy(document, ''));
      if (parsed.ok && (shapeOfPolicy(parsed.policy)?.names.paths.length ?? 0) > 0) withShape++;
    }),
    { numRuns: RUNS },
  );
  expect(withShape).toBeGreaterThan(RUNS / 10);
});

const allow = (condition: object, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition,
      ...more,
    },
  ],
});
const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

function shapeOf(document: Readonly<Record<string, unknown>>) {
  const parsed = parseShaped(document);
  return parsed.ok ? shapeOfPolicy(parsed.policy) : undefined;
}

test('policies that differ in a project, its id and a ref have one shape', () => {
  const of = (path: string, ref: string, id: string) =>
    shapeOf(
      allow({
        StringEquals: {
          'gitlab.com:sub': `project_path:${path}:ref_type:tag:ref:${ref}`,
          'gitlab.com:project_id': id,
        },
      }),
    );
  const [one, other] = [of('acme/web', 'v1.0', '20'), of('b/c/d', 'x', '1')];
  expect(one?.shape).toBe(other?.shape);
  expect(other?.names).toEqual({ paths: ['b/c/d'], refs: ['x'], ids: ['1'] });
});

test('two names that are equal are not of the shape of two that differ', () => {
  const of = (...refs: string[]) =>
    shapeOf(
      allow({ StringEquals: { 'gitlab.com:sub': refs.map((ref) => MAIN.replace('main', ref)) } }),
    );
  expect(of('a', 'b')?.shape).toBe(of('c', 'd')?.shape);
  expect(of('a', 'a')?.shape).not.toBe(of('a', 'b')?.shape);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['a Sid holds a subject', allow({}, { Sid: MAIN })],
  ['case does not count', allow({ StringEqualsIgnoreCase: { 'gitlab.com:sub': MAIN } })],
  ['an absent key counts', allow({ StringEqualsIfExists: { 'gitlab.com:sub': MAIN } })],
  ['it is excluded', allow({ StringNotEquals: { 'gitlab.com:sub': MAIN } })],
  ['it stands under another claim', allow({ StringEquals: { 'gitlab.com:aud': MAIN } })],
  ['an id is compared as a number', allow({ NumericEquals: { 'gitlab.com:project_id': '20' } })],
  ['it is denied', allow({ StringEquals: { 'gitlab.com:sub': MAIN } }, { Effect: 'Deny' })],
  [
    'the subject is limited twice',
    allow({ StringEquals: { 'gitlab.com:sub': MAIN }, StringLike: { 'gitlab.com:sub': 'p*' } }),
  ],
])('a policy has no shape where %s', (_, document) => {
  expect(shapeOf(document)).toBeUndefined();
});

test('a text with stand-ins gets the names of a policy', () => {
  const text = namedText('zq-group-01/zq-project-01 in zq-group-01, zq-ref-00, 907060504000');
  const names = { paths: ['x/y', 'b/c/d'], refs: ['main'], ids: ['20'] };
  expect(typeof text === 'string' ? text : text(names)).toBe('b/c/d in b/c, main, 20');
});
