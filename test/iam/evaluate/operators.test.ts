import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../src/iam/evaluate/evaluate.ts';
import type { RequestContext } from '../../../src/iam/evaluate/request.ts';
import { trustPolicy } from '../trust-policy.ts';
import { allow, GITLAB_COM } from '../vectors/vector.ts';

type Row = readonly [
  operator: string,
  expected: unknown,
  actual: string | readonly string[] | undefined,
  holds: boolean,
];

/** Whether one condition holds, on the key `k:v`. */
function holds(
  operator: string,
  expected: unknown,
  actual: Row[2],
  more: RequestContext = {},
): boolean {
  const policy = trustPolicy({
    Version: '2012-10-17',
    Statement: allow(GITLAB_COM, { [operator]: { 'k:v': expected } }),
  });
  const context = { ...more, ...(actual !== undefined && { 'k:v': actual }) };
  return evaluate(policy, { principal: GITLAB_COM, context }).decision === 'allowed';
}

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  numbers: [
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', 10, '10', true],
    ['NumericEquals', '10', 'ten', false],
    ['NumericNotEquals', ['10', '11'], '11', false],
    ['NumericNotEquals', '10', undefined, true],
    ['NumericLessThan', '10', '9.99', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThanEquals', '-10', '-10', true],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericEquals', '10', '11', false],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['NumericEquals', 'x10', 'x10', false],
    ['NumericNotEquals', '10x', '10x', true],
  ],
  dates: [
    ['DateEquals', '2026-01-01', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '1767225600', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '2026', '2026-01-01T00:00:00Z', true],
    ['DateNotEquals', '2026-01-01', '2026-01-02', true],
    ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59.999Z', true],
    ['DateLessThan', '2026-01-01', '2026-01-01', false],
    ['DateLessThanEquals', '2026-01-01', '2026-01-01', true],
    ['DateGreaterThan', '2026-01-01', 'yesterday', false],
    ['DateGreaterThanEquals', '2026-01', '2026-01-01', true],
    ['DateGreaterThan', '2026-01-01', '2026-01-02', true],
    ['DateGreaterThan', '2026-01-01', '2026-01-01', false],
    ['DateGreaterThan', '2026-01-01', '2025-12-31', false],
    ['DateGreaterThanEquals', '2026-01-01', '2025-12-31', false],
    ['DateLessThanEquals', '2026-01-01', '2026-01-02', false],
    ['DateEquals', '2026-01-01T00:00Z', '2026-01-01T00:00:00Z', true],
    // What JavaScript takes for a date is not one of AWS's.
    ['DateEquals', 'January 1, 2026', 'January 1, 2026', false],
    ['DateEquals', '+002026-01-01', '+002026-01-01', false],
    ['DateEquals', '2026-01-01 00:00', '2026-01-01 00:00', false],
    ['DateEquals', '-1767225600', '-1767225600', false],
    ['DateEquals', '1767225600s', '1767225600s', false],
  ],
  booleans: [
    ['Bool', 'true', 'TRUE', true],
    ['Bool', true, 'true', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'yes', 'yes', false],
    ['Bool', 'false', 'False', true],
    ['Bool', '', '', false],
    ['BoolIfExists', 'true', undefined, true],
  ],
  binary: [
    ['BinaryEquals', 'QUJD', 'QUJD', true],
    ['BinaryEquals', 'QUJD', 'QUJE', false],
    // The last four bits of QR== are lost in decoding: the same byte.
    ['BinaryEquals', 'QQ==', 'QR==', true],
    ['BinaryEquals', 'abc', 'abc', false],
    ['BinaryEquals', 'QUI=', 'QUI=', true],
    ['BinaryEquals', 'Q=', 'Q=', false],
  ],
  addresses: [
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '0.0.0.0/0', '198.51.100.1', true],
    ['IpAddress', '203.0.113.0/33', '203.0.113.0', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.256', false],
    ['IpAddress', '2001:db8::/32', '2001:DB8:ffff::1', true],
    ['IpAddress', '2001:db8::/32', '2001:db9::1', false],
    ['IpAddress', '2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
    ['IpAddress', '::ffff:203.0.113.0/120', '::ffff:203.0.113.9', true],
    ['IpAddress', '::/0', '::1', true],
    ['IpAddress', '2001:db8::/32', '2001:db8::1::2', false],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['NotIpAddress', ['203.0.113.0/24', '2001:db8::/32'], '2001:db8::1', false],
    ['NotIpAddress', '203.0.113.0/24', '2001:db8::1', true],
    ['NotIpAddress', '203.0.113.0/24', undefined, true],
    ['IpAddress', '203.0.113.7/32', '203.0.113.7', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.0/25', true],
    ['IpAddress', '203.0.113.0/25', '203.0.113.0/24', false],
    // A text that is not an address matches nothing, not even itself.
    ...[
      '203.0.113.0/33',
      '203.0.113.0/24/8',
      '203.0.113.0/a24',
      '203.0.113.0/24a',
      '203.0.113.0/',
      '203.0.113',
      '203.0.113.7.9',
      '203.0.113.07',
      '203.0.113.a7',
      '203.0.113.7a',
      '2001:db8:1:2:3:4:5',
      '2001:db8:1:2:3:4:5:6:7',
      '2001:db8:1:2::3:4:5:6',
      '2001:db8::12345',
      '2001:db8::1g',
      '2001:db8::g1',
      'g::1',
      '1::g',
      '::ffff:203.0.113.256',
      '::ffff:203.0.113.7:1',
    ].map((text): Row => ['IpAddress', text, text, false]),
    ['IpAddress', '2001:db8:1:2:3:4::/96', '2001:db8:1:2:3:4:5:6', true],
    ['IpAddress', '2001:db8:1:2:3:4:5::', '2001:db8:1:2:3:4:5:0', true],
    ['IpAddress', '::ffff:203.0.113.7', '::ffff:cb00:7107', true],
    ['IpAddress', '::203.0.113.7', '::', false],
    ['IpAddress', '203.0.113.7', '::203.0.113.7', false],
  ],
  arns: [
    ['ArnLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::123456789012:role/a:b', true],
    ['ArnEquals', 'arn:aws:iam::*:role/*', 'arn:aws:iam::123456789012:role/x', true],
    // AWS's own example: under StringLike the first asterisk would cross the colons.
    [
      'ArnLike',
      'arn:aws:someservice:*:111122223333:finance/*',
      'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
      false,
    ],
    [
      'StringLike',
      'arn:aws:someservice:*:111122223333:finance/*',
      'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
      true,
    ],
    ['ArnNotLike', 'arn:aws:iam::*:role/*', 'arn:aws:iam::123456789012:user/x', true],
    ['ArnLike', 'arn:aws:iam::*:role/*', 'role/x', false],
    ['ArnLike', ['arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'], 'arn:aws:iam::1:role/b', true],
    ['ArnLike', 'arn:aws:sns:eu-west-1:1:a:b', 'arn:aws:sns:eu-west-1:1:a:b', true],
    ['ArnLike', 'arn:aws:sns:eu-west-1:1:ab', 'arn:aws:sns:eu-west-1:1:a:b', false],
    ['ArnLike', 'arn:aws:sns:eu-west-1:1:c', 'arn:aws:sns:eu-west-1:1:d', false],
    // A text that is not an ARN matches nothing, not even itself.
    ['ArnLike', 'arn:aws:iam::1', 'arn:aws:iam::1', false],
    ['ArnLike', 'urn:aws:iam::1:role/a', 'urn:aws:iam::1:role/a', false],
    ['ArnLike', ['*', 'arn:aws:iam::1:role/a'], 'arn:aws:iam::1:role/a', true],
    ['ArnNotLike', '*', 'arn:aws:iam::1:role/a', true],
  ],
  strings: [
    ['StringEquals', '', '', true],
    ['StringLike', '*', '', true],
    ['StringLike', '?', '', false],
    ['StringLike', 'a?c', 'a😀c', true],
    ['StringLike', 'a*c', 'a\nc', true],
    ['StringLike', 'a.c', 'abc', false],
    ['StringNotLike', ['a*', 'b*'], 'cab', true],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abc', false],
    ['stringequals', 'x', 'x', true],
    ['StringEquals', ['x', 'y'], ['y'], true],
    ['StringEquals', ['x', 'y'], ['x', 'y'], false],
    ['StringEquals', 'x', [], false],
    ['StringNotEquals', ['x', 'y'], ['z', 'w'], true],
    ['StringNotEquals', ['x', 'y'], ['z', 'x'], false],
    ['StringNotEquals', 'x', [], true],
    ['StringEqualsIgnoreCase', ['X', 'y'], 'Y', true],
    ['StringEqualsIgnoreCase', 'a*', 'ABC', false],
    ['StringEqualsIgnoreCase', 'a*', 'A*', true],
  ],
  sets: [
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', 'a', undefined, true],
    ['ForAllValues:StringEquals', 'a', [], true],
    ['ForAllValues:StringEquals', 'a', '', true],
    ['ForAllValues:StringNotLike', 'a*', ['b', 'ab'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', 'a', undefined, false],
    ['ForAnyValue:StringEquals', '', '', false],
    ['ForAnyValue:StringNotEquals', 'a', ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', 'a', undefined, false],
    ['ForAnyValue:StringEqualsIfExists', 'a', undefined, true],
    ['ForAllValues:StringEquals', ['', 'a'], ['', 'a'], true],
    ['ForAllValues:StringEquals', 'a', ['', 'b'], false],
    ['ForAnyValue:StringEquals', 'a', ['', 'a'], true],
    ['FORANYVALUE:STRINGEQUALSIFEXISTS', 'a', undefined, true],
  ],
  presence: [
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
    ['Null', false, 'x', true],
    ['Null', 'true', [], true],
    ['Null', 'false', '', true],
    ['Null', 'false', ['x'], true],
    ['Null', 'true', ['x'], false],
    ['Null', 'false', [], false],
    ['Null', 'TRUE', undefined, true],
    ['Null', ['true', 'false'], 'x', true],
  ],
};

describe.each(Object.entries(TABLE))('%s', (_family, rows) => {
  test.each([...rows])('%s %j with %j: %s', (operator, expected, actual, expectation) => {
    expect(holds(operator, expected, actual)).toBe(expectation);
  });
});

describe('variables', () => {
  const more = { 'gitlab.com:user_login': 'ann', 'k:list': ['a', 'b'] };

  test.each([
    ['StringEquals', '${gitlab.com:user_login}', 'ann', true],
    ['StringLike', 'x-${GITLAB.com:User_Login}-*', 'x-ann-1', true],
    ['StringEquals', '${k:absent}', '', false],
    ['StringNotEquals', '${k:absent}', 'x', true],
    ['StringEquals', "${k:absent, 'none'}", 'none', true],
    ['StringEquals', "${gitlab.com:user_login, 'none'}", 'none', false],
    ['StringEquals', '${k:list}', 'a', false],
    ['StringLike', 'a${*}b', 'a*b', true],
    ['StringLike', 'a${*}b', 'axb', false],
    ['StringLike', 'a${?}b', 'axb', false],
    ['StringEquals', 'a${?}b', 'a?b', true],
    ['StringEquals', '${$}{x}', '${x}', true],
    ['StringEquals', '${unclosed', '${unclosed', true],
    ['StringEqualsIgnoreCase', '${gitlab.com:user_login}', 'ANN', true],
    ['StringEqualsIgnoreCase', '${k:absent}', 'x', false],
    ['StringLike', '${k:absent}*', 'x', false],
    ['StringEquals', '${ gitlab.com:user_login }', 'ann', true],
    ['StringEquals', "${ k:absent ,   'none'}", 'none', true],
    ['StringEquals', "${k:absent,'none'}", 'none', true],
    ['StringEquals', "${k:absent, ''}", '', true],
    // Without its closing quote it is a key of that name, which nothing has.
    ['StringEquals', "${k:absent, 'none}", 'none', false],
    ['StringEquals', "${k:absent, '}", '', false],
    ['ArnLike', 'arn:aws:iam::1:user/${gitlab.com:user_login}', 'arn:aws:iam::1:user/ann', true],
    ['NumericEquals', '${gitlab.com:user_login}', 'ann', false],
  ] as const)('%s %s with %s: %s', (operator, expected, actual, expectation) => {
    expect(holds(operator, expected, actual, more)).toBe(expectation);
  });
});
