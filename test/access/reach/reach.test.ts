import { describe, expect, test } from '@jest/globals';
import { actionsAt, levelOf, resourcesOf } from '../../../src/access/reach/actions.ts';
import { everyOneOf, onOne } from '../../../src/access/reach/every.ts';
import { reachOf } from '../../../src/access/reach/reach.ts';
import { MAYBE, NO, UNKNOWN, YES } from '../../../src/access/reach/value.ts';
import { allow, deny, ID, policiesWith } from './given-policies.ts';

const GET = 's3:GetObject';
/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const WITHOUT_RESOURCE = 's3:PutAccountPublicAccessBlock';
const PUT_ITEM = 'dynamodb:PutItem';
const condition = { Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } };

/** How far an action reaches, the surest first: `value scope resources`. */
function reach(action: string, ...statements: readonly object[]): string[] {
  return reachOf(policiesWith({ statements }), action).map(
    ({ value, scope, resources }) => `${value} ${scope} ${resources.join(' ')}`,
  );
}

describe('an action reaches', () => {
  test.each<[string, string, object[], string[]]>([
    ['nothing that no statement allows', GET, [allow('s3:PutObject')], []],
    ['everything', GET, [allow(GET)], ['3 every *']],
    ['everything of its kind', GET, [allow(GET, 'arn:aws:s3:::*/*')], ['3 every arn:aws:s3:::*/*']],
    ['everything by fewer signs', GET, [allow(GET, 'arn:*/*')], ['3 every arn:*/*']],
    [
      'objects below a folder, in whatever bucket',
      GET,
      [allow(GET, 'arn:aws:s3:::*/*/*')],
      ['3 pattern arn:aws:s3:::*/*/*'],
    ],
    [
      'the objects of a bucket, which is named',
      GET,
      [allow(GET, 'arn:aws:s3:::b/*')],
      ['3 named arn:aws:s3:::b/*'],
    ],
    [
      'buckets by a pattern',
      GET,
      [allow(GET, 'arn:aws:s3:::b-*/*')],
      ['3 pattern arn:aws:s3:::b-*/*'],
    ],
    ['nothing by the ARN of another service', GET, [allow(GET, 'arn:aws:sqs:*:*:q')], []],
    [
      'patterns of several statements together',
      GET,
      [allow(GET, 'arn:aws:s3:::a-*/*'), allow(GET, 'arn:aws:s3:::b-*/*')],
      ['3 pattern arn:aws:s3:::a-*/* arn:aws:s3:::b-*/*'],
    ],
    [
      'what is named for sure, and everything under a condition',
      GET,
      [allow(GET, '*', condition), allow(GET, 'arn:aws:s3:::b/*')],
      ['3 named * arn:aws:s3:::b/*', '2 every *'],
    ],
    [
      'by a condition no more than for sure',
      GET,
      [allow(GET, 'arn:aws:s3:::b/*'), allow(GET, 'arn:aws:s3:::c/*', condition)],
      ['3 named arn:aws:s3:::b/*'],
    ],
    [
      'by name no more than by a pattern',
      GET,
      [allow(GET, 'arn:aws:s3:::a-*/*'), allow(GET, 'arn:aws:s3:::c/*')],
      ['3 pattern arn:aws:s3:::a-*/*'],
    ],
    ['no more than everything', GET, [allow(GET), allow(GET, 'arn:aws:s3:::b/*')], ['3 every *']],
    [
      'everything, whatever a statement before it names',
      PUT_ITEM,
      [allow(PUT_ITEM, `arn:aws:dynamodb:*:${ID}:table/a*`), allow(PUT_ITEM)],
      ['3 every *'],
    ],
    [
      'everything by the first pattern that allows it',
      GET,
      [allow(GET), allow(GET, 'arn:aws:s3:::*/*')],
      ['3 every *'],
    ],
    [
      'the objects of a bucket with a longer name, which is named as well',
      GET,
      [allow(GET, 'arn:aws:s3:::bucket/*')],
      ['3 named arn:aws:s3:::bucket/*'],
    ],
    [
      'everything but a bucket that NotResource names',
      GET,
      [{ Effect: 'Allow', Action: GET, NotResource: 'arn:aws:s3:::b/*' }],
      ['3 every *'],
    ],
    ['keys as far as their own policies let it', 'kms:Decrypt', [allow('kms:*')], ['1 every *']],
    [
      'what a Deny leaves out',
      GET,
      [allow(GET), { ...deny(GET), Resource: undefined, NotResource: 'arn:aws:s3:::b/*' }],
      ['3 named *'],
    ],
    [
      'everything but what a Deny names',
      GET,
      [allow(GET), deny(GET, 'arn:aws:s3:::b/*')],
      ['3 every *'],
    ],
    ['nothing where all is denied', GET, [allow(GET), deny('s3:*')], []],
    [
      'an action that is not in the table, on everything alone',
      'zq:Do',
      [allow('zq:*')],
      ['3 every *'],
    ],
    [
      'an action that is not in the table, by any number of stars',
      'zq:Do',
      [allow('zq:*', '**')],
      ['3 every **'],
    ],
    [
      'no resource of an action that is not in the table',
      'zq:Do',
      [allow('zq:*', 'arn:aws:zq:::a')],
      [],
    ],
    [
      'an action that is not in the table, by `*` alone',
      'zq:Do',
      [allow('zq:*', ['arn:aws:zq:::a', 'arn:aws:zq:::*', '*a']), allow('zq:*')],
      ['3 every *'],
    ],
    ['an action that works on no resource by `*`', WITHOUT_RESOURCE, [allow('*')], ['3 every *']],
    [
      'nothing by an ARN, for an action that works on no resource',
      WITHOUT_RESOURCE,
      [allow('*', `arn:aws:*:*:${ID}:*`)],
      [],
    ],
  ])('%s', (_, action, statements, expected) => {
    expect(reach(action, ...statements)).toEqual(expected);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: a `*` at the end of a segment can
// match beyond the colon. The name of a resource has no colon, unless a pattern writes one.
describe('a wildcard may match beyond a colon of an ARN, but the name of no resource has one', () => {
  const OTHER = '222222222222';

  test.each<[action: string, pattern: string]>([
    ['sqs:SendMessage', `arn:aws:sqs:*:${OTHER}:*`],
    ['sqs:SendMessage', `arn:aws:sqs:*:${OTHER}:q`],
    ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:*:${OTHER}:secret:*`],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:*:${OTHER}:function:web-*`],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:*:${ID}:layer:*`],
    ['kms:Decrypt', `arn:aws:kms:*:${OTHER}:key/*`],
    [GET, `arn:aws:s3:*:${OTHER}:accesspoint/*`],
    ['ec2:RunInstances', 'arn:aws:ec2:*:*:volume/*'],
    ['iam:PassRole', `arn:aws:iam::*:user/*`],
    ['iam:PassRole', `arn:aws:iam::${ID}:role/*:x`],
  ])('%s reaches nothing by %s', (action, pattern) => {
    expect(reach(action, allow(action, pattern))).toEqual([]);
  });

  test.each<[action: string, pattern: string, scope: string]>([
    ['sqs:SendMessage', 'arn:aws:sqs:*:q', 'pattern'],
    ['sqs:SendMessage', 'arn:aws:sqs:*', 'every'],
    ['lambda:UpdateFunctionCode', 'arn:aws:lambda:*:function:web', 'pattern'],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:*:${ID}:function:web:prod`, 'pattern'],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ID}:function:web:prod`, 'named'],
    [GET, 'arn:aws:s3:::b/*:*/c', 'named'],
    ['iam:PassRole', 'arn:aws:iam:*:role/x', 'named'],
  ])('%s reaches something by %s', (action, pattern, scope) => {
    expect(reach(action, allow(action, pattern))).toEqual([`3 ${scope} ${pattern}`]);
  });
});

describe('an action that needs several resources', () => {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  const ATTACH = 'ec2:AttachInternetGateway';
  const GATEWAYS = `arn:aws:ec2:eu-west-1:${ID}:internet-gateway/*`;
  const NETWORKS = `arn:aws:ec2:eu-west-1:${ID}:vpc/*`;
  test.each<[string, object[], string[]]>([
    ['is allowed with all of them', [allow(ATTACH)], ['3 every *']],
    ['is not allowed with one of them', [allow(ATTACH, GATEWAYS)], []],
    [
      'is as sure as the least sure',
      [allow(ATTACH, GATEWAYS), allow(ATTACH, NETWORKS, condition)],
      [`2 pattern ${NETWORKS}`],
    ],
    [
      'is as narrow as the narrowest',
      [allow(ATTACH, [GATEWAYS, `arn:aws:ec2:eu-west-1:${ID}:vpc/vpc-1`])],
      [`3 named arn:aws:ec2:eu-west-1:${ID}:vpc/vpc-1`],
    ],
  ])('%s', (_, statements, expected) => {
    expect(reach(ATTACH, ...statements)).toEqual(expected);
  });
});

test('a pattern that takes too long to follow is not determined, and shown as it is', () => {
  const hostile = `arn:aws:s3:::${'*a*b'.repeat(120)}`;
  const limit = `arn:aws:s3:::${'*b*a'.repeat(120)}c`;
  const found = reachOf(
    policiesWith({ statements: [allow(GET, hostile), allow(GET, limit)] }),
    GET,
  );
  expect(found.map(({ value, scope }) => [value, scope])).toEqual([[UNKNOWN, 'pattern']]);
  expect(found[0]?.resources).toContain(hostile);
});

describe('one resource', () => {
  const PUT = 'iam:PutRolePolicy';
  const OTHER = '222222222222';
  const on = (...statements: object[]) => policiesWith({ statements });
  test('is the one of the own account', () => {
    expect(onOne(on(allow(PUT, `arn:aws:iam::${ID}:role/r`)), PUT, 'role/r')).toBe(YES);
    expect(onOne(on(allow(PUT, `arn:aws:iam::${ID}:role/s`)), PUT, 'role/r')).toBe(NO);
    expect(onOne(on(allow(PUT, `arn:aws:iam::${OTHER}:role/r`)), PUT, 'role/r')).toBe(NO);
  });

  test('is in another account for a role that is assumed, or where the own account is not known', () => {
    const foreign = allow(['sts:AssumeRole', PUT], `arn:aws:iam::${OTHER}:role/r`);
    expect(onOne(on(foreign), 'sts:AssumeRole', 'role/r')).toBe(YES);
    const nowhere = policiesWith({ statements: [foreign], account: '*' });
    expect(onOne(nowhere, PUT, 'role/r')).toBe(YES);
  });

  test('is in the own account where a pattern names only the beginning of it', () => {
    const assume = allow('sts:AssumeRole', `arn:aws:iam::${ID.slice(0, 4)}*:role/r`);
    expect(onOne(on(assume), 'sts:AssumeRole', 'role/r')).toBe(YES);
    const other = allow('sts:AssumeRole', `arn:aws:iam::${OTHER.slice(0, 4)}*:role/r`);
    expect(onOne(on(other), 'sts:AssumeRole', 'role/s')).toBe(NO);
  });

  test('is in an account that only a boundary names', () => {
    const given = {
      statements: [allow('sts:AssumeRole')],
      boundary: { document: { Statement: allow('*', `arn:aws:iam::${OTHER}:*`) } },
    };
    expect(onOne(policiesWith(given), 'sts:AssumeRole', 'role/r')).toBe(YES);
  });

  test('is not every one', () => {
    const { known } = policiesWith({});
    const every = (statement: object) => everyOneOf(on(statement), PUT, 'role', known);
    expect(every(allow(PUT, `arn:aws:iam::${ID}:role/r`))).toBe(NO);
    expect(every(allow(PUT, `arn:aws:iam::${ID}:role/*`))).toBe(YES);
    expect(every(allow(PUT, `arn:aws:iam::${ID}:user/*`))).toBe(NO);
    expect(every(allow(PUT, '*', condition))).toBe(MAYBE);
  });
});

describe('the table of actions', () => {
  test('has the actions of a service at a level, as AWS writes them', () => {
    const reading = actionsAt('s3', ['read']);
    expect(reading).toContain('s3:GetObject');
    expect(reading.filter((one) => !one.startsWith('s3:'))).toEqual([]);
    expect(reading).not.toContain('s3:PutObject');
    expect(actionsAt('s3', ['write', 'read'])).toEqual(
      expect.arrayContaining(['s3:GetObject', 's3:PutObject']),
    );
    expect(actionsAt('s', ['read'])).toEqual([]);
  });

  test('has no level for an action that it does not know, which may work on anything', () => {
    expect(levelOf('zq:Do')).toBeUndefined();
    expect(resourcesOf('zq:Do', 'aws', ID)).toEqual({ formats: ['*'], needsAll: false });
  });

  test('says whether all resources are needed', () => {
    expect(resourcesOf('ec2:AttachInternetGateway', 'aws', ID).needsAll).toBe(true);
    expect(resourcesOf(GET, 'aws', ID).needsAll).toBe(false);
  });
});
