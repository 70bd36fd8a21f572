import fc from 'fast-check';
import type { RequestContext } from '../../../src/iam/evaluate/request.ts';

/** A policy and a request that nearly fit: values are made from the request's own, and then bent. */
export interface Case {
  readonly policy: unknown;
  readonly context: RequestContext;
}

export const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';

// The other evaluator knows no host's sub and aud but a few; Google's stand for them.
const SUB = 'accounts.google.com:sub';
const AUD = 'accounts.google.com:aud';
const TAG_KEYS = 'aws:TagKeys';

const subject = fc
  .tuple(
    fc.constantFrom('acme', 'acme-evil', 'Acme', 'a.b_c'),
    fc.constantFrom('web', 'web/api', 'WEB', 'web2'),
    fc.constantFrom('branch', 'tag'),
    fc.constantFrom('main', 'main2', 'release/1.0', 'v1.0', 'feat-(x)+[y]', 'é^$.|'),
  )
  .map(([group, name, type, ref]) => `project_path:${group}/${name}:ref_type:${type}:ref:${ref}`);

/** The keys of a request, each with values that its type allows. */
const KEYS = {
  string: {
    [SUB]: subject,
    [AUD]: fc.constantFrom('https://gitlab.com', 'https://gitlab.com/', 'sts.amazonaws.com'),
    'gitlab.com:project_id': fc.constantFrom('20', '201', '2'),
    'gitlab.com:ref_protected': fc.constantFrom('true', 'false'),
    'gitlab.com:user_login': fc.constantFrom('ann', 'bob*', 'a?n', 'Ann'),
  },
  list: {
    [TAG_KEYS]: fc.array(fc.constantFrom('mfa', 'pwd', 'MFA', 'pwd2'), {
      minLength: 1,
      maxLength: 3,
    }),
  },
  number: { 'gitlab.com:user_id': fc.constantFrom('7', '7.0', '8', '-7', '70') },
  date: {
    'aws:CurrentTime': fc.constantFrom(
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:01Z',
      '2026-01-01T01:00:00+01:00',
      '2025-12-31T23:59:59Z',
    ),
  },
  // One family for each key: what NotIpAddress says of the other is a known difference.
  address: { 'aws:SourceIp': fc.constantFrom('10.0.0.1', '10.0.0.255', '10.0.1.0', '192.0.2.7') },
  address6: { 'aws:VpcSourceIp': fc.constantFrom('2001:db8::1', '2001:DB8:1::', '::1') },
  bool: { 'aws:SecureTransport': fc.constantFrom('true', 'false') },
  arn: {
    'aws:SourceArn': fc.constantFrom(
      'arn:aws:iam::123456789012:role/x',
      'arn:aws:iam::123456789012:role/x:y',
      'arn:aws-cn:iam::123456789012:role/x',
      'arn:aws:iam::210987654321:role/path/x',
    ),
  },
  binary: { 'gitlab.com:user_email': fc.constantFrom('QQ==', 'QUI=', 'QUJD') },
} as const;

type Kind = keyof typeof KEYS;
type Values = Readonly<Record<string, string | string[]>>;

function keysOf(kind: Kind): readonly [string, fc.Arbitrary<string | string[]>][] {
  return Object.entries<fc.Arbitrary<string | string[]>>(KEYS[kind]);
}

/** A variable without a value is a known difference, so this one always has one. */
const ALWAYS = 'gitlab.com:user_login';

const context: fc.Arbitrary<Values> = fc
  .tuple(...(Object.keys(KEYS) as Kind[]).flatMap((kind) => keysOf(kind).map(entry)))
  .map((entries) => Object.fromEntries(entries.flat()));

/** A key of the request; the others are absent now and then. */
function entry([key, value]: readonly [string, fc.Arbitrary<string | string[]>]) {
  const present = value.map((one) => [[key, one] as const]);
  return key === ALWAYS ? present : fc.oneof({ weight: 5, arbitrary: present }, fc.constant([]));
}

const STRING = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
const LIKE = ['StringLike', 'StringNotLike'];
const ORDER = [
  'Equals',
  'NotEquals',
  'LessThan',
  'LessThanEquals',
  'GreaterThan',
  'GreaterThanEquals',
];

const OPERATORS: Readonly<Record<Kind, readonly string[]>> = {
  string: [...STRING, ...LIKE, ...LIKE],
  list: [...STRING, ...LIKE],
  number: ORDER.map((one) => `Numeric${one}`),
  date: ORDER.map((one) => `Date${one}`),
  address: ['IpAddress', 'NotIpAddress'],
  address6: ['IpAddress', 'NotIpAddress'],
  bool: ['Bool'],
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  binary: ['BinaryEquals'],
};

const RANGES = ['10.0.0.0/24', '10.0.0.0/8', '10.0.0.1', '10.0.0.254/31', '0.0.0.0/1'];
const RANGES6 = ['2001:db8::/32', '2001:db8::/48', '2001:db8::1', '2001:db8::/127', '::/1'];
const ARNS = [
  'arn:aws:iam::123456789012:role/*',
  'arn:*:iam::*:role/x',
  'arn:aws:iam::*:x',
  'arn:aws:iam::1*2:role/?',
];

/** A value of the policy: what the request has, or one step beside it. */
function nearly(kind: Kind, actual: string, operator: string): fc.Arbitrary<string> {
  if (kind === 'address') return fc.constantFrom(actual, ...RANGES);
  if (kind === 'address6') return fc.constantFrom(actual, ...RANGES6);
  if (kind === 'arn')
    return fc.oneof(fc.constantFrom(actual, ...ARNS), bent(actual, true).filter(isArn));
  if (kind !== 'string' && kind !== 'list') return fc.constant(actual);
  return fc.oneof(fc.constant(actual), bent(actual, LIKE.includes(operator)));
}

/** AWS takes nothing but ARNs under an ARN operator. */
function isArn(text: string): boolean {
  return text.startsWith('arn:') && text.replace(/\$\{[^}]*\}/g, '').split(':').length >= 6;
}

function bent(actual: string, wildcards: boolean): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(actual.length), fc.nat(6), fc.constantFrom(...STEPS, ...(wildcards ? WILD : [])))
    .map(([from, length, step]) => step(actual, from, from + length));
}

type Step = (text: string, from: number, to: number) => string;

const STEPS: readonly Step[] = [
  (text, from) => text.slice(0, from),
  (text, from) => `${text.slice(0, from)}x${text.slice(from)}`,
  (text, from, to) => text.slice(0, from) + text.slice(from, to).toUpperCase() + text.slice(to),
  (text) => `${text}/`,
  (text, from) => `${text.slice(0, from)}*`,
  (text, from) => `${text.slice(0, from)}\${gitlab.com:user_login}`,
  // The whole value: what the request itself holds, where the key is that one.
  () => '${gitlab.com:user_login}',
  (text, from) => `${text.slice(0, from)}\${GitLab.com:User_Login, 'x'}`,
];

const WILD: readonly Step[] = [
  (text, from, to) => `${text.slice(0, from)}*${text.slice(to)}`,
  (text, from) => `${text.slice(0, from)}?${text.slice(from + 1)}`,
  (text, from, to) => `*${text.slice(from, to)}*`,
  (text, from, to) => `${text.slice(0, from)}*?${text.slice(to)}`,
  (text, from) => `${text.slice(0, from)}\${*}${text.slice(from + 1)}`,
  (text) => `${text}*`,
];

function someOrAll<Item>(items: readonly Item[]): Item | readonly Item[] {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : items;
}

/** One operator with one key, drawn from what the request holds or nearly holds. */
function condition(actual: Values, hasVariables: boolean): fc.Arbitrary<[string, string, unknown]> {
  const kinds = fc.constantFrom<Kind>(
    ...(Object.keys(KEYS) as Kind[]),
    'string',
    'string',
    'string',
  );
  return kinds.chain((kind) =>
    fc
      .record({
        key: fc.constantFrom(...keysOf(kind)),
        operator: fc.constantFrom(...OPERATORS[kind]),
        set: fc.constantFrom(undefined, undefined, undefined, 'ForAnyValue:', 'ForAllValues:'),
        ifExists: fc.constantFrom('', '', 'IfExists'),
        isNull: fc.integer({ min: 0, max: 15 }).map((one) => one === 0),
        upper: fc.boolean(),
        cased: fc.constantFrom<(name: string) => string>(
          (name) => name,
          (name) => name,
          (name) => name.toLowerCase(),
          (name) => name.toUpperCase(),
        ),
      })
      .chain(({ key: [key, drawn], operator, set, ifExists, isNull, upper, cased }) => {
        const name = upper ? key.toUpperCase() : key;
        if (isNull) {
          return fc
            .constantFrom<unknown>('true', 'false', ['false'], ['true', 'false'])
            .map((value): [string, string, unknown] => ['Null', name, value]);
        }
        const quantifier = kind === 'list' ? (set ?? 'ForAnyValue:') : (set ?? '');
        // ForAnyValue with IfExists on an absent key is a known difference.
        const suffix = quantifier === 'ForAnyValue:' ? '' : ifExists;
        const seeds = actual[key] === undefined ? drawn : fc.constantFrom(actual[key]);
        const value = fc
          .oneof({ weight: 3, arbitrary: seeds }, { weight: 1, arbitrary: drawn })
          .chain((seed) => fc.constantFrom(...[seed].flat()))
          .chain((seed) => nearly(kind, seed, operator))
          .filter((text) => text !== '' && (hasVariables || !text.includes('${')))
          // The other evaluator misreads an escape under the exact operators.
          .filter((text) => LIKE.includes(operator) || !text.includes('${*}'));
        return fc
          .tuple(fc.array(value, { minLength: 1, maxLength: 3 }), fc.boolean())
          .map(([values, list]): [string, string, unknown] => [
            cased(`${quantifier}${operator}${suffix}`),
            name,
            list ? values : someOrAll(values),
          ]);
      }),
  );
}

const principal = fc.constantFrom<Record<string, unknown>>(
  { Principal: { Federated: PROVIDER } },
  { Principal: { Federated: PROVIDER } },
  { Principal: { Federated: [`${PROVIDER}/x`, PROVIDER] } },
  { Principal: { Federated: [PROVIDER], AWS: '210987654321' } },
  { Principal: { Federated: `${PROVIDER}x` } },
  { Principal: { Federated: PROVIDER.replace('arn:aws:', 'arn:aws-cn:') } },
  { Principal: { Service: 'ec2.amazonaws.com' } },
  { Principal: '*' },
  { Principal: { AWS: '*' } },
);

const action = fc.constantFrom<Record<string, unknown>>(
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { Action: ['sts:AssumeRole', 'STS:assumerolewithwebidentity'] },
  { Action: 'sts:AssumeRole' },
  { Action: 'sts:AssumeRole*' },
  { Action: 'sts:*' },
  { Action: 'sts:*Web?dentity' },
  { NotAction: 'sts:AssumeRole' },
  { NotAction: ['sts:AssumeRoleWith*'] },
);

function statement(actual: Values, hasVariables: boolean): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      principal,
      action,
      conditions: fc.array(condition(actual, hasVariables), { maxLength: 3 }),
    })
    .map((drawn) => ({
      Effect: drawn.effect,
      ...drawn.principal,
      ...drawn.action,
      ...(drawn.conditions.length > 0 && { Condition: block(drawn.conditions) }),
    }));
}

function block(conditions: readonly [string, string, unknown][]): Record<string, unknown> {
  const operators: Record<string, Record<string, unknown>> = {};
  for (const [operator, key, value] of conditions) {
    operators[operator] = { ...operators[operator], [key]: value };
  }
  return operators;
}

export const caseNearTheEdge: fc.Arbitrary<Case> = fc
  .tuple(context, fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined))
  .chain(([actual, version]) =>
    fc
      .tuple(
        fc.array(statement(actual, version === '2012-10-17'), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
      )
      .map(([statements, list]) => ({
        policy: {
          ...(version && { Version: version }),
          Statement: list ? statements : someOrAll(statements),
        },
        context: actual,
      })),
  );
