import { describe, expect, test } from '@jest/globals';
import { FRESH } from '../../../src/access/reach/glob.ts';
import { reachOf } from '../../../src/access/reach/reach.ts';
import { UNKNOWN } from '../../../src/access/reach/value.ts';
import { allow, atLevels, ID, policiesWith, scp } from './given-policies.ts';

const GET = 's3:GetObject';

describe('where several policies decide, an action reaches', () => {
  const TEAM = 'arn:aws:s3:::team-*';
  const PROD = 'arn:aws:s3:::*-prod/*';
  const within = (action: string, own: string, boundary: string | string[], service = '*') =>
    reachOf(
      policiesWith({
        statements: [allow(action, own)],
        boundary: { document: { Statement: allow('*', boundary) } },
        organization: atLevels([scp(allow('*', service))]),
      }),
      action,
    ).map(({ value, scope, resources }) => `${value} ${scope} ${resources.join(' ')}`);

  test('what a boundary and an SCP have in common', () => {
    expect(within(GET, '*', TEAM, PROD)).toEqual(['3 pattern *']);
    expect(within(GET, '*', TEAM, 'arn:aws:s3:::other-*')).toEqual([]);
  });

  test('a name with a colon, where one of the patterns writes it', () => {
    const own = `arn:aws:lambda:eu-west-1:${ID}:function:*:prod`;
    const boundary = `arn:aws:lambda:eu-west-1:${ID}:function:web*`;
    expect(within('lambda:UpdateFunctionCode', own, boundary)).toEqual([`3 pattern ${own}`]);
  });

  test('what cannot be determined, where patterns have too many combinations', () => {
    const all = Array.from({ length: 22 }, (_, at) => `arn:aws:dynamodb:*:table/*-${at}-*`);
    expect(within('dynamodb:PutItem', '*', all)).toEqual([`${UNKNOWN} pattern *`]);
  });
});

test('of what is reached, one resource is shown that could exist', () => {
  const witness = (action: string, resource: string) =>
    reachOf(policiesWith({ statements: [allow(action, resource)] }), action)[0]?.witness;
  expect(witness('sqs:SendMessage', '*')).toBe(`arn:aws:sqs:${FRESH}:${ID}:${FRESH}`);
  expect(witness('s3:PutAccountPublicAccessBlock', '*')).toBe('*');
  expect(witness(GET, 'arn:aws:s3:::b/*')).toBe(`arn:aws:s3:::b/${FRESH}`);
});

test('a pattern that takes too long to compare with a kind of resource is not determined', () => {
  // No name of a queue has a slash.
  const pattern = `arn:aws:sqs:${'*a*b'.repeat(2400)}/`;
  const found = reachOf(
    policiesWith({ statements: [allow('sqs:SendMessage', pattern)] }),
    'sqs:SendMessage',
  );
  expect(found.map(({ value, scope }) => [value, scope])).toEqual([[UNKNOWN, 'pattern']]);
});
