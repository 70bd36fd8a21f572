import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { allow, GITLAB_COM } from '../vectors/vector.ts';

function problems(json: unknown): string[] {
  const parsed = parsePolicy(json, 'p.json');
  return parsed.ok ? [] : parsed.problems.map(({ where, what }) => `${where} ${what}`);
}

const STATEMENT = allow(GITLAB_COM);

test.each([
  ['text', 'hello', ['p.json is "hello", not a policy']],
  ['null', null, ['p.json is null, not a policy']],
  ['a list', [], ['p.json is an empty list, not a policy']],
  ['no Statement', { Version: '2012-10-17' }, ['p.json has no Statement']],
  ['no statements', { Statement: [] }, ['p.json: Statement is an empty list']],
  [
    'a permission policy',
    { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
    [
      'p.json: Statement has a Resource and no Principal: this is a permission policy, not a trust policy',
    ],
  ],
  [
    'a resource policy',
    { Statement: [{ ...STATEMENT, Resource: '*' }] },
    ['p.json: Statement[0] has a Resource: this is a permission policy, not a trust policy'],
  ],
  [
    'no Principal',
    { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] },
    ['p.json: Statement[0] has no Principal'],
  ],
  [
    'a misspelt element, and everything else that is wrong',
    { Version: '2012', Statement: [{ ...STATEMENT, condition: {}, Effect: 'allow', Action: [] }] },
    [
      'p.json: Version is "2012"',
      'p.json: Statement[0].condition is not an element of a policy',
      'p.json: Statement[0].Effect is "allow"',
      'p.json: Statement[0].Action is an empty list',
    ],
  ],
  [
    'both Action and NotAction',
    { Statement: { ...STATEMENT, NotAction: 'sts:AssumeRole' } },
    ['p.json: Statement has both Action and NotAction'],
  ],
  [
    'an unknown operator',
    { Statement: allow(GITLAB_COM, { StringMatches: { 'gitlab.com:sub': 'x' } }) },
    ['p.json: Statement.Condition.StringMatches is not an operator that AWS knows'],
  ],
  [
    'a prefix that AWS does not know',
    { Statement: allow(GITLAB_COM, { 'ForSomeValues:StringLike': { 'gitlab.com:sub': 'x' } }) },
    ['p.json: Statement.Condition["ForSomeValues:StringLike"] is not an operator that AWS knows'],
  ],
  [
    'NullIfExists',
    { Statement: allow(GITLAB_COM, { NullIfExists: { 'gitlab.com:sub': 'true' } }) },
    ['p.json: Statement.Condition.NullIfExists is not an operator that AWS knows'],
  ],
  [
    'an object for a value',
    { Statement: allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': [{}] } }) },
    ['p.json: Statement.Condition.StringEquals["gitlab.com:sub"][0] is an object'],
  ],
  [
    'an unknown principal',
    { Statement: { ...STATEMENT, Principal: { Oidc: 'x' } } },
    [
      'p.json: Statement.Principal.Oidc is not a kind of principal',
      'p.json: Statement.Principal names nobody',
    ],
  ],
  [
    'a principal as text',
    { Statement: { ...STATEMENT, Principal: GITLAB_COM } },
    [`p.json: Statement.Principal is "${GITLAB_COM}"`],
  ],
])('%s', (_name, json, expected) => {
  expect(problems(json)).toEqual(expected);
});

test('a problem always has a way out', () => {
  const parsed = parsePolicy({ Statement: [{}] });
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) for (const { fix } of parsed.problems) expect(fix).not.toBe('');
});

test('no document makes the reader throw', () => {
  const hostile = JSON.parse(
    '{"__proto__": {"Statement": []}, "Statement": {"constructor": 1}}',
  ) as unknown;
  expect(parsePolicy(hostile).ok).toBe(false);
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (whole, part) => {
      expect(parsePolicy(whole).ok).toBe(false);
      parsePolicy({ Statement: { ...STATEMENT, Principal: part, Condition: part } });
      parsePolicy({ Statement: allow(GITLAB_COM, { StringLike: part, Null: { x: part } }) });
    }),
    { numRuns: 500 },
  );
});
