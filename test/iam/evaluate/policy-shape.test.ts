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
  expect(withShape).toBeGreaterThan(RUNS / 20);
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

const ofSubject = (subject: string) => ({
  Condition: { StringLike: { 'gitlab.com:aud': 'x', 'gitlab.com:sub': subject } },
});

/** A policy of two statements, of which the second is changed. */
function twice(changes: object) {
  const { Version, Statement } = allow({ StringEquals: { 'gitlab.com:sub': MAIN } });
  return {
    Version,
    Statement: [...Statement, ...Statement.map((one) => ({ ...one, ...changes }))],
  };
}

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
  ['a set is compared', allow({ 'ForAnyValue:StringEquals': { 'gitlab.com:sub': MAIN } })],
  [
    'an id beside the subject is compared as a number',
    allow({
      StringEquals: { 'gitlab.com:sub': MAIN },
      NumericEquals: { 'gitlab.com:project_id': '20' },
    }),
  ],
  [
    'the subject is limited twice, and an id once',
    allow({
      StringEquals: { 'gitlab.com:project_id': '20', 'gitlab.com:sub': MAIN },
      StringLike: { 'gitlab.com:sub': 'p*' },
    }),
  ],
  [
    'another value waits for the request',
    allow({ StringEquals: { 'gitlab.com:sub': [MAIN, '${gitlab.com:user_login}'] } }),
  ],
  [
    'another condition waits for the request',
    allow({
      StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:aud': ['x', '${gitlab.com:user_login}'] },
    }),
  ],
  ['another statement is not of the kind', twice({ Effect: 'Deny', ...ofSubject(MAIN) })],
  [
    'another statement excludes projects',
    twice({ Effect: 'Deny', ...ofSubject('project_path:acme/*') }),
  ],
  [
    'the subject is limited twice',
    allow({ StringEquals: { 'gitlab.com:sub': MAIN }, StringLike: { 'gitlab.com:sub': 'p*' } }),
  ],
])('a policy has no shape where %s', (_, document) => {
  expect(shapeOf(document)).toBeUndefined();
});

let sids = 0;

/** A shape that no policy before had, so that it is not found among those that were read last. */
const fresh = () => ({ Sid: `S${String(sids++)}` });

/** The names that are seen in a subject, with the id of a project. */
function namesIn(subject: string | string[], id: string, more: object) {
  const claims = { 'gitlab.com:sub': subject, 'gitlab.com:project_id': id };
  return shapeOf(allow({ StringLike: claims }, more))?.names;
}

test.each([
  ['a/b', 'x', '1'],
  ['acme/sub/web', 'release/1.2/x', '20'],
  ['x1/y_2/z-3', 'v1.0', '907'],
  ['a-b_c/d', 'feature/long-name_2', '123456789012345'],
  ['A/B', 'a.locks', '10'],
  ['a/b', 'HEADS', '10'],
  ['a/b', 'refs', '10'],
])('%s, %s and %s are names, in a policy of a new shape and of a known one', (path, ref, id) => {
  const subject = `project_path:${path}:ref_type:branch:ref:${ref}`;
  const names = { paths: [path], refs: [ref], ids: [id] };
  expect(namesIn(subject, id, fresh())).toEqual(names);
  const same = fresh();
  namesIn(MAIN, '20', same);
  expect(namesIn(subject, id, same)).toEqual(names);
});

const NO_NAMES = { paths: [], refs: [] };

test.each([
  ...[
    '*/web',
    'acme/*',
    '-a/web',
    'acme/-x',
    'acme',
    'a/b.git',
    'acme//web',
    '/a/b',
    'a*/web',
    'acme/w*',
  ].map((path) => MAIN.replace('acme/web', path)),
  ...['HEAD', 'refs/heads/x', 'a.lock', 'ab.lock', 'a.lock/b', 'a/b.lock', 'v*', '*', '-x'].map(
    (ref) => MAIN.replace('main', ref),
  ),
  ...['v.', 'a/', 'a..b', 'a/-b', 'a/*', 'a?', 'a/b*', 'a/b?', 'v*1'].map((ref) =>
    MAIN.replace('main', ref),
  ),
])('%s has no names, neither after a policy of nearly the same shape nor alone', (subject) => {
  expect(namesIn(subject, '20', fresh())).toEqual({ ...NO_NAMES, ids: ['20'] });
  namesIn(MAIN, '20', {});
  expect(namesIn(subject, '20', {})).toEqual({ ...NO_NAMES, ids: ['20'] });
  // Where the subject is the last that a policy says, nothing after it stops what is taken for a name.
  const last = (sub: string) => shapeOf(allow({ StringLike: { 'gitlab.com:sub': sub } }))?.names;
  last(MAIN);
  expect(last(subject)).toEqual({ ...NO_NAMES, ids: [] });
});

test.each(['020', '0', '2*', 'x2', '', '1234567890123456'])('%j is not a name of an id', (id) => {
  expect(namesIn(MAIN, id, fresh())?.ids).toEqual([]);
  namesIn(MAIN, '20', {});
  expect(namesIn(MAIN, id, {})?.ids).toEqual([]);
});

test('the id of a group is a name as well', () => {
  const names = (id: string) =>
    shapeOf(allow({ StringEquals: { 'gitlab.com:namespace_id': id } }))?.names;
  expect([names('7'), names('8')]).toEqual([
    { ...NO_NAMES, ids: ['7'] },
    { ...NO_NAMES, ids: ['8'] },
  ]);
});

test('a name that stands twice is one name, unless it differs the second time', () => {
  const same = fresh();
  const names = (...refs: string[]) =>
    namesIn(
      refs.map((ref) => MAIN.replace('main', ref)),
      '20',
      same,
    )?.refs;
  expect(names('a', 'a')).toEqual(['a']);
  expect(names('b', 'b')).toEqual(['b']);
  expect(names('c', 'd')).toEqual(['c', 'd']);
});

test('a ref that two projects have is one name, and two where each has its own', () => {
  const same = fresh();
  const names = (one: string, other: string) =>
    namesIn([`project_path:a/b:ref_type:tag:ref:${one}`, MAIN.replace('main', other)], '20', same)
      ?.refs;
  expect([names('a', 'a'), names('b', 'c')]).toEqual([['a'], ['b', 'c']]);
});

const ONLY = { 'gitlab.com:sub': MAIN };

test.each<[string, object, object]>([
  ['one more condition', { StringEquals: { ...ONLY, 'gitlab.com:aud': 'x' } }, {}],
  ['another key of as many letters', { StringEquals: { 'gitlab.org:sub': MAIN } }, {}],
  [
    'another kind of ref',
    { StringEquals: { 'gitlab.com:sub': MAIN.replace('branch', 'tag') } },
    {},
  ],
  ['another operator', { StringLike: ONLY }, {}],
  ['another principal', { StringEquals: ONLY }, { Principal: '*' }],
])('a policy with %s is not of the shape that was read last', (_, condition, changes) => {
  const known = shapeOf(allow({ StringEquals: ONLY }));
  const document = allow(condition, changes);
  expect(shapeOf(document)?.shape).not.toBe(known?.shape);
  expect(withStatements(parseShaped(document))).toEqual(parsePolicy(document, ''));
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['some values', allow({ StringLike: { 'gitlab.com:sub': [MAIN, 'project_path:acme/*'] } })],
  ['some statements', twice({ Condition: {} })],
  ['none of what a Deny takes away', twice({ Effect: 'Deny', Condition: { Null: { x: 'true' } } })],
])('names in %s make a shape', (_, document) => {
  expect(shapeOf(document)?.names).toEqual({ paths: ['acme/web'], refs: ['main'], ids: [] });
  expect(withStatements(parseShaped(document))).toEqual(parsePolicy(document, ''));
});

test.each([10, 11, 12, 99, 100, 101, 120])('a policy of %i names is read as it is', (count) => {
  const refs = Array.from({ length: count }, (_, at) => `r${String(at)}x`);
  const subjects = refs.map((ref) => MAIN.replace('main', ref));
  const document = allow({ StringEquals: { 'gitlab.com:sub': subjects } });
  expect(withStatements(parseShaped(document))).toEqual(parsePolicy(document, ''));
  expect(shapeOf(document)?.names.refs).toEqual(count > 100 ? undefined : refs);
});

test.each<[string, object]>([
  ['a ref', { 'gitlab.com:sub': ['zq-ref-00', MAIN] }],
  ['a path', { 'gitlab.com:sub': [MAIN, 'project_path:zq-group-00/zq-project-00:x'] }],
  ['an id', { ...ONLY, 'gitlab.com:project_id': ['907060504000'], 'gitlab.com:namespace_id': '7' }],
])('a policy that names %s as a sample of a shape does is read as it is', (_, claims) => {
  const document = allow({ StringEquals: claims });
  expect(withStatements(parseShaped(document))).toEqual(parsePolicy(document, ''));
  expect(shapeOf(document)).toBeUndefined();
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['names nothing', { Statement: [] }],
  ['names a stand-in', { Id: 'zq-', Statement: [] }],
  ['names a project', allow({ StringEquals: { 'gitlab.com:sub': MAIN }, Like: {} })],
])(
  'a document that is not a policy and %s has the problems that it has by itself',
  (_, document) => {
    expect(parseShaped(document)).toEqual(parsePolicy(document, ''));
  },
);

test('a text without stand-ins needs no names', () => {
  expect(namedText('refs/heads/main')).toBe('refs/heads/main');
});

test('a text with stand-ins gets the names of a policy', () => {
  const text = namedText('zq-group-01/zq-project-01 in zq-group-01, zq-ref-00, 907060504000');
  const names = { paths: ['x/y', 'b/c/d'], refs: ['main'], ids: ['20'] };
  expect(typeof text === 'string' ? text : text(names)).toBe('b/c/d in b/c, main, 20');
});
