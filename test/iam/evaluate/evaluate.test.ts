import { expect, test } from '@jest/globals';
import { evaluate } from '../../../src/iam/evaluate/evaluate.ts';
import { allow, com, GITLAB_COM, MAIN, policy } from '../vectors/vector.ts';
import { trustPolicy } from '../trust-policy.ts';

const SUB = { 'gitlab.com:sub': MAIN };

test('every check is listed with what was expected, what came, and why', () => {
  const two = trustPolicy(com({ StringEquals: { ...SUB, 'gitlab.com:project_id': ['20', '21'] } }));
  const { statements } = evaluate(two, { principal: GITLAB_COM, context: SUB });
  expect(
    statements[0]?.checks.map(({ path, expected, actual, reason }) => ({
      path,
      expected,
      actual,
      reason,
    })),
  ).toEqual([
    {
      path: 'Statement[0].Principal',
      expected: [GITLAB_COM],
      actual: [GITLAB_COM],
      reason: 'principal-named',
    },
    {
      path: 'Statement[0].Action',
      expected: ['sts:AssumeRoleWithWebIdentity'],
      actual: ['sts:AssumeRoleWithWebIdentity'],
      reason: 'action-covered',
    },
    {
      path: 'Statement[0].Condition.StringEquals["gitlab.com:sub"]',
      expected: [MAIN],
      actual: [MAIN],
      reason: 'value-matched',
    },
    {
      path: 'Statement[0].Condition.StringEquals["gitlab.com:project_id"]',
      expected: ['20', '21'],
      actual: [],
      reason: 'key-absent',
    },
  ]);
});

test('the deciding statements are named', () => {
  const three = trustPolicy(
    policy(
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': 'x' } }),
      allow(GITLAB_COM, { StringEquals: SUB }),
      allow(GITLAB_COM, { StringLike: { 'gitlab.com:sub': '*' } }),
    ),
  );
  const { decision, cause, decidedBy } = evaluate(three, { principal: GITLAB_COM, context: SUB });
  expect({ decision, cause, decidedBy }).toEqual({
    decision: 'allowed',
    cause: 'allow',
    decidedBy: [1, 2],
  });
});

test.each([
  ['StringNotEquals', 'absent-passes-negation'],
  ['StringEqualsIfExists', 'absent-passes-if-exists'],
  ['ForAllValues:StringEquals', 'absent-passes-for-all'],
  ['ForAnyValue:StringEquals', 'key-absent'],
])('%s says of an absent key: %s', (operator, reason) => {
  const one = trustPolicy(com({ [operator]: SUB }));
  const { statements } = evaluate(one, { principal: GITLAB_COM, context: {} });
  expect(statements[0]?.checks.at(-1)?.reason).toBe(reason);
});

test('a key named like a property of every object is absent', () => {
  const one = trustPolicy(com({ Null: { constructor: 'true' } }));
  expect(evaluate(one, { principal: GITLAB_COM, context: {} }).decision).toBe('allowed');
});

test('a policy of 8,192 characters is decided at once', () => {
  const subjects = Array.from(
    { length: 120 },
    (_, at) => `project_path:acme/p${at}*:ref_type:*:ref:*`,
  );
  const long = trustPolicy(com({ StringLike: { 'gitlab.com:sub': subjects } }));
  const started = performance.now();
  for (let round = 0; round < 100; round++) evaluate(long, { principal: GITLAB_COM, context: SUB });
  expect(performance.now() - started).toBeLessThan(2000);
});

test('a denial says whether a statement denies it or none allows it', () => {
  const causeOf = (...statements: Parameters<typeof policy>) => {
    const { decision, cause, decidedBy } = evaluate(trustPolicy(policy(...statements)), {
      principal: GITLAB_COM,
      context: SUB,
    });
    return { decision, cause, decidedBy };
  };
  const deny = { ...allow(GITLAB_COM), Effect: 'Deny' };
  expect(causeOf(allow(GITLAB_COM), deny)).toEqual({
    decision: 'denied',
    cause: 'explicit-deny',
    decidedBy: [1],
  });
  expect(causeOf(allow(`${GITLAB_COM}x`))).toEqual({
    decision: 'denied',
    cause: 'implicit-deny',
    decidedBy: [],
  });
});

test.each<[string, object, boolean]>([
  ['the provider as an AWS principal', { AWS: GITLAB_COM }, false],
  ['every service', { Service: '*' }, false],
  ['everyone beside a service', { Service: 'ec2.amazonaws.com', AWS: '*' }, true],
  ['every provider', { Federated: '*' }, true],
])('a principal that names %s', (_, Principal, isNamed) => {
  const document = policy({ ...allow(GITLAB_COM), Principal });
  const { decision } = evaluate(trustPolicy(document), { principal: GITLAB_COM, context: SUB });
  expect(decision).toBe(isNamed ? 'allowed' : 'denied');
});

test('a check says whether the principal and the action are named or excluded', () => {
  const document = policy({
    Effect: 'Allow',
    NotPrincipal: { Federated: GITLAB_COM },
    NotAction: 'sts:AssumeRoleWithWebIdentity',
  });
  const reasonsFor = (principal: string) =>
    evaluate(trustPolicy(document), { principal, context: SUB }).statements[0]?.checks.map(
      ({ matched, reason }) => [matched, reason],
    );
  expect(reasonsFor(GITLAB_COM)).toEqual([
    [false, 'principal-named'],
    [false, 'action-covered'],
  ]);
  expect(reasonsFor(`${GITLAB_COM}x`)?.[0]).toEqual([true, 'principal-not-named']);
});

test.each([
  [{ StringNotEquals: { 'gitlab.com:sub': 'x' } }, 'value-not-excluded'],
  [{ StringNotEquals: { 'gitlab.com:sub': MAIN } }, 'value-excluded'],
  [{ Null: { 'gitlab.com:sub': 'false' } }, 'presence-as-asked'],
  [{ Null: { 'gitlab.com:sub': 'true' } }, 'presence-otherwise'],
  [{ StringEquals: { 'aws:TagKeys': 'x' } }, 'several-values-without-set-operator'],
])('why %j holds or fails', (condition, reason) => {
  const { statements } = evaluate(trustPolicy(com(condition)), {
    principal: GITLAB_COM,
    context: { ...SUB, 'aws:TagKeys': ['x', 'y'] },
  });
  expect(statements[0]?.checks.at(-1)?.reason).toBe(reason);
});
