import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/iam/evaluate/parse-policy.ts';
import { allow, GITLAB_COM } from '../vectors/vector.ts';

function problems(json: unknown): string[] {
  const parsed = parsePolicy(json, 'p.json');
  return parsed.ok ? [] : parsed.problems.map(({ where, what }) => `${where} ${what}`);
}

const STATEMENT = allow(GITLAB_COM);

const WRONG: readonly (readonly [string, unknown, readonly string[]])[] = [
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
  ['a list for a policy', [STATEMENT], ['p.json is a list, not a policy']],
  [
    'text for a statement',
    { Statement: [STATEMENT, 'Allow'] },
    ['p.json: Statement[1] is "Allow", not a statement'],
  ],
  [
    'a long text, which is cut off',
    { Statement: 'x'.repeat(59) },
    [`p.json: Statement is "${'x'.repeat(56)}…, not a statement`],
  ],
  [
    'a text that has just room',
    { Statement: 'x'.repeat(58) },
    [`p.json: Statement is "${'x'.repeat(58)}", not a statement`],
  ],
  [
    'no Effect',
    { Statement: { ...STATEMENT, Effect: undefined } },
    ['p.json: Statement.Effect is missing'],
  ],
  [
    'NotResource',
    { Statement: { Effect: 'Allow', Action: '*', NotResource: 'x' } },
    [
      'p.json: Statement has a Resource and no Principal: this is a permission policy, not a trust policy',
    ],
  ],
  [
    'NotPrincipal with a Resource',
    { Statement: { Effect: 'Allow', NotPrincipal: '*', Action: '*', Resource: '*' } },
    ['p.json: Statement has a Resource: this is a permission policy, not a trust policy'],
  ],
  [
    'actions that are none',
    {
      Statement: {
        ...STATEMENT,
        Action: ['*', 'sts', 'sts:*', 'x sts:Tag', 'sts:Tag x', 's:ts:Tag'],
      },
    },
    [
      'p.json: Statement.Action[1] is "sts"',
      'p.json: Statement.Action[3] is "x sts:Tag"',
      'p.json: Statement.Action[4] is "sts:Tag x"',
    ],
  ],
  [
    'values of an action that are no text',
    { Statement: { ...STATEMENT, Action: [1, '', null] } },
    [
      'p.json: Statement.Action[0] is 1, not text',
      'p.json: Statement.Action[1] is "", not text',
      'p.json: Statement.Action[2] is null, not text',
    ],
  ],
  [
    'a misspelt element of a policy, and one that no policy has',
    { version: '2012-10-17', Policy: {}, Id: 'x', Statement: STATEMENT },
    [
      'p.json: version is not an element of a policy',
      'p.json: Policy is not an element of a policy',
    ],
  ],
  [
    'text for conditions',
    { Statement: allow(GITLAB_COM, 'x') },
    ['p.json: Statement.Condition is "x"'],
  ],
  [
    'text for the keys of an operator',
    { Statement: allow(GITLAB_COM, { StringEquals: 'x' }) },
    ['p.json: Statement.Condition.StringEquals is "x"'],
  ],
  [
    'a number that JSON cannot hold exactly',
    { Statement: allow(GITLAB_COM, { NumericEquals: { 'gitlab.com:user_id': 2 ** 53 } }) },
    [
      'p.json: Statement.Condition.NumericEquals["gitlab.com:user_id"] is a number of more than 15 digits',
    ],
  ],
];

test.each(WRONG)('%s', (_name, json, expected) => {
  expect(problems(json)).toEqual(expected);
});

test.each(WRONG)('%s has a way out', (_name, json) => {
  const parsed = parsePolicy(json);
  const fixes = parsed.ok ? [] : parsed.problems.map(({ fix }) => fix);
  expect(fixes.length).toBeGreaterThan(0);
  for (const fix of fixes) expect(fix).toMatch(/^(Write|Give|Add|Use|Name|Keep|Known|A trust)/);
});

function fixesOf(json: unknown): string[] {
  const parsed = parsePolicy(json);
  return parsed.ok ? [] : parsed.problems.map(({ fix }) => fix);
}

test('a fix names what can be written instead', () => {
  expect(fixesOf({ version: '2012-10-17', Policy: {}, Statement: STATEMENT })).toEqual([
    'Write Version',
    'Known are Version, Id, Statement',
  ]);
  expect(fixesOf({ Statement: { ...STATEMENT, Principal: { Oidc: 'x' } } })).toContain(
    'Use AWS, Federated, Service, CanonicalUser',
  );
  const [operators] = fixesOf({
    Statement: allow(GITLAB_COM, { Like: { 'gitlab.com:sub': 'x' } }),
  });
  expect(operators).toMatch(/^Use one of .*\bStringEquals, .*\bNull\b/);
});

test.each<[string, unknown]>([
  ['without a Statement', {}],
  ['with a Resource', { Statement: { ...STATEMENT, Resource: '*' } }],
  ['without a Principal', { Statement: { Effect: 'Allow', Action: '*' } }],
])('what a trust policy is can be read up where one is given %s', (_, json) => {
  expect(fixesOf(json)).toEqual([
    expect.stringMatching(/: https:\/\/docs\.aws\.amazon\.com\/IAM\/.*trust-policy\.html$/),
  ]);
});

test('a document without a name of its own is called a trust policy', () => {
  const parsed = parsePolicy('hello');
  expect(parsed.ok ? [] : parsed.problems.map(({ where }) => where)).toEqual(['trust policy']);
});

/** What is read of a statement. */
function readStatement(changes: object) {
  const parsed = parsePolicy({ Statement: { ...STATEMENT, ...changes } });
  return parsed.ok ? parsed.policy.statements[0] : undefined;
}

test('a policy without a Version is of the first one, which has no variables', () => {
  const parsed = parsePolicy({ Id: 'x', Statement: STATEMENT });
  expect(parsed.ok && parsed.policy.version).toBe('2008-10-17');
});

test('a Sid is kept where it is text', () => {
  expect(readStatement({ Sid: 'Jobs' })?.sid).toBe('Jobs');
  for (const changes of [{}, { Sid: 1 }]) expect(readStatement(changes)).not.toHaveProperty('sid');
});

test('a value of a condition keeps the type that JSON gives it', () => {
  const values = { 'gitlab.com:user_id': ['20', 20, 0.5, true] };
  expect(readStatement({ Condition: { StringEquals: values } })?.conditions[0]?.values).toEqual(
    [
      ['20', 'string'],
      ['20', 'number'],
      ['0.5', 'number'],
      ['true', 'boolean'],
    ].map(([text, type], at) => ({
      text,
      type,
      path: `Statement.Condition.StringEquals["gitlab.com:user_id"][${at}]`,
    })),
  );
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
