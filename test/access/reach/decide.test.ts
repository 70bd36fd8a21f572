import { describe, expect, test } from '@jest/globals';
import {
  allowedByOne,
  decide,
  forAction,
  knowing,
  policiesOf,
  type Policies,
} from '../../../src/access/reach/policies.ts';
import { organizationRules, undecidedPolicies } from '../../../src/access/reach/organization.ts';
import { MAYBE, NO, UNKNOWN, YES } from '../../../src/access/reach/value.ts';
import {
  allow,
  atLevels,
  decided,
  deny,
  ID,
  policiesWith,
  rcp,
  scp,
  somewhere,
  unknown,
} from './given-policies.ts';

const GET = 's3:GetObject';
const OBJECT = 'arn:aws:s3:::b/key';
const all = allow('*');
const own = [allow(GET)];
const when = (key: string, value: unknown) => ({ Condition: { StringEquals: { [key]: value } } });

describe('what is allowed by SCPs', () => {
  test.each([
    ['nothing is attached anywhere', atLevels(), YES],
    ['each level allows it', atLevels([scp(all)], [scp(allow('s3:*'))]), YES],
    ['one level does not allow it', atLevels([scp(all)], [scp(allow('ec2:*'))]), NO],
    ['a level only denies something else', atLevels([scp(all)], [scp(deny('ec2:*'))]), NO],
    ['one policy of a level allows it', atLevels([scp(allow('ec2:*')), scp(allow(GET))]), YES],
    ['a level has no SCP, where SCPs are not enabled', atLevels([], [scp(all)]), YES],
    ['a level denies it', atLevels([scp(all, deny(GET))], [scp(all)]), NO],
    [
      'a level denies it under a condition',
      atLevels([scp(all, deny(GET, '*', when('aws:SourceVpc', 'v')))]),
      MAYBE,
    ],
    ['all of those somewhere allow it', somewhere(scp(all), scp(allow('s3:*'))), YES],
    ['one of those somewhere allows it', somewhere(scp(all), scp(allow('ec2:*'))), UNKNOWN],
    ['none of those somewhere allows it', somewhere(scp(allow('ec2:*')), scp(allow('sqs:*'))), NO],
    [
      'one somewhere allows something else and denies something',
      somewhere(scp(allow('ec2:*'), deny('sqs:*'))),
      NO,
    ],
    ['those somewhere only take away', somewhere(scp(deny('ec2:*')), scp(deny('sqs:*'))), YES],
    [
      'one somewhere allows it on another resource',
      somewhere(scp(allow('*', 'arn:aws:s3:::c/*'))),
      NO,
    ],
  ])('%s', (_, organization, expected) => {
    expect(decided({ statements: own, organization }, GET, OBJECT)).toBe(expected);
  });
});

describe('RCPs take away, and give nothing', () => {
  const everyone = { Principal: '*' };
  test.each([
    ['an Allow', somewhere(rcp(allow('ec2:*', '*', everyone))), YES],
    ['a Deny', somewhere(rcp(deny('s3:*', '*', everyone))), NO],
    ['a Deny of another resource', somewhere(rcp(deny('s3:*', 'arn:aws:s3:::c/*', everyone))), YES],
    ['a Deny at a level', atLevels([scp(all)], [scp(all), rcp(deny('s3:*', '*', everyone))]), NO],
  ])('%s', (_, organization, expected) => {
    expect(decided({ statements: own, organization }, GET, OBJECT)).toBe(expected);
    expect(decided({ statements: [], organization }, GET, OBJECT)).toBe(NO);
  });
});

test('a policy of which it is not known whether it holds is named, and does not count', () => {
  const policies = [scp(all), unknown(deny('*'))];
  expect(undecidedPolicies(policies)).toEqual([expect.stringMatching(/^policy\.json /)]);
  expect(decided({ statements: own, organization: somewhere(...policies) }, GET, OBJECT)).toBe(YES);
});

describe('a resource that grants something to the role by name', () => {
  test.each([
    ['needs no policy of the role', {}, YES],
    ['is denied by a Deny', { statements: [deny(GET)] }, NO],
    ['is within the boundary', { boundary: { document: { Statement: allow('ec2:*') } } }, NO],
  ])('%s', (_, given, expected) => {
    expect(decided(given, GET, OBJECT, YES)).toBe(expected);
    expect(decided(given, GET, OBJECT)).toBe(NO);
  });
});

describe('a boundary', () => {
  test.each([
    ['that allows it', { document: { Statement: allow('s3:*') } }, YES],
    [
      'that allows it under a condition',
      { document: { Statement: allow('s3:*', '*', when('aws:SourceVpc', 'v')) } },
      MAYBE,
    ],
    ['that denies it', { document: { Statement: [all, deny(GET)] } }, NO],
    ['whose document is not in the input', { arn: `arn:aws:iam::${ID}:policy/b` }, UNKNOWN],
    ['of AWS', { arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }, YES],
  ])('%s', (_, boundary, expected) => {
    expect(decided({ statements: own, boundary }, GET, OBJECT)).toBe(expected);
  });
});

describe('a statement', () => {
  const one = (fields: object) => ({ statements: [{ ...allow(GET), ...fields }] });
  test.each([
    ['covers an action in any letter case', one({ Action: 'S3:getobject' }), YES],
    ['covers a service by a wildcard', one({ Action: 's?:Get*' }), YES],
    ['covers no other service', one({ Action: 'sqs:*' }), NO],
    ['with an effect that does not exist is none', one({ Effect: 'allow' }), NO],
    [
      'matches a resource by a wildcard',
      one({ Resource: ['arn:aws:s3:::c/*', 'arn:aws:s3:::b/*'] }),
      YES,
    ],
    ['matches only its resources', one({ Resource: 'arn:aws:s3:::b/k' }), NO],
    ['under a key of each request holds', one(when('aws:PrincipalAccount', ID)), YES],
    ['under another value of it does not hold', one(when('aws:PrincipalAccount', '9')), NO],
    [
      'holds under all conditions only',
      one({ Condition: { StringEquals: { 'aws:PrincipalAccount': ID, 'aws:SourceVpc': 'v' } } }),
      MAYBE,
    ],
    [
      'under an operator that does not exist may hold',
      one({ Condition: { StringSame: { a: 'b' } } }),
      MAYBE,
    ],
    [
      'under a number that is not known may hold',
      one({ Condition: { NumericLessThan: { 's3:max-keys': 10 } } }),
      MAYBE,
    ],
  ])('%s', (_, given, expected) => {
    expect(decided(given, GET, OBJECT)).toBe(expected);
  });

  test('by NotAction alone covers everything else', () => {
    const statements = [{ Effect: 'Allow', NotAction: 'ec2:*', Resource: '*' }];
    expect(decided({ statements }, GET, OBJECT)).toBe(YES);
    expect(decided({ statements }, 'ec2:RunInstances', '*')).toBe(NO);
  });

  test('by NotResource is about all but what it names', () => {
    const statements = [{ Effect: 'Allow', Action: GET, NotResource: 'arn:aws:s3:::secret/*' }];
    expect(decided({ statements }, GET, OBJECT)).toBe(YES);
    expect(decided({ statements }, GET, 'arn:aws:s3:::secret/key')).toBe(NO);
  });
});

describe('what AWS knows of each request of a role that signed in with a token', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
  test.each([
    ['aws:PrincipalType', 'AssumedRole'],
    ['aws:PrincipalIsAWSService', 'false'],
    ['aws:MultiFactorAuthPresent', 'false'],
    ['aws:SecureTransport', 'true'],
    ['aws:PrincipalArn', `arn:aws:iam::${ID}:role/r`],
    ['aws:PrincipalAccount', ID],
    ['aws:PrincipalTag/Team', 'web'],
  ])('%s is %s', (key, value) => {
    const under = (text: string) => ({
      statements: [allow(GET, '*', when(key, text))],
      tags: { Team: 'web' },
    });
    expect(decided(under(value), GET, OBJECT)).toBe(YES);
    expect(decided(under('other'), GET, OBJECT)).toBe(NO);
  });

  test('a tag that the role does not have is absent, and one that is not in the input may be there', () => {
    const statements = [allow(GET, '*', { Condition: { Null: { 'aws:PrincipalTag/a': 'true' } } })];
    expect(decided({ statements, tags: {} }, GET, OBJECT)).toBe(YES);
    expect(decided({ statements }, GET, OBJECT)).toBe(MAYBE);
  });

  test('a key that is learned later is known in any letter case, and goes before what was known', () => {
    const { known } = policiesWith({});
    const more = knowing(known, { 'iam:PassedToService': 'a', 'aws:SecureTransport': 'false' });
    expect(more.context).toMatchObject({
      'iam:passedtoservice': 'a',
      'aws:securetransport': 'false',
      'aws:principaltype': 'AssumedRole',
    });
    expect(['iam:passedtoservice', 'aws:principaltype', 'aws:sourcevpc'].map(more.isKnown)).toEqual(
      [true, true, false],
    );
  });
});

describe('a variable in a resource', () => {
  const on = (Resource: string) => ({ statements: [allow(GET, Resource)] });
  const TAGGED = 'arn:aws:s3:::${ aws:PrincipalTag/team }/key';
  test.each([
    ['has the value of the role', { ...on(TAGGED), tags: { team: 'b' } }, YES],
    ['has no other value', { ...on(TAGGED), tags: { team: 'c' } }, NO],
    ['may have any value where it is not known', on(TAGGED), MAYBE],
    ['is not read as a wildcard', { ...on(TAGGED), tags: { team: '*' } }, MAYBE],
    ['matches nothing that the rest does not match', on('arn:aws:s3:::${aws:SourceVpc}/other'), NO],
    [
      'is plain text in a policy of 2008',
      { ...on(TAGGED), version: '2008-10-17', tags: { team: 'b' } },
      NO,
    ],
  ])('%s', (_, given, expected) => {
    expect(decided(given, GET, OBJECT)).toBe(expected);
  });

  test('may leave out a resource by NotResource, or not', () => {
    const statements = [
      { Effect: 'Allow', Action: GET, NotResource: 'arn:aws:s3:::${aws:SourceVpc}/key' },
    ];
    expect(decided({ statements }, GET, OBJECT)).toBe(MAYBE);
    expect(decided({ statements }, GET, 'arn:aws:s3:::b/other')).toBe(YES);
  });
});

describe('a variable in a condition', () => {
  const statements = [allow(GET, '*', when('aws:PrincipalTag/team', '${aws:PrincipalTag/owner}'))];
  test.each([
    ['is compared where both are known', { tags: { team: 'a', owner: 'a' } }, YES],
    ['is compared where they differ', { tags: { team: 'a', owner: 'b' } }, NO],
    ['may match where the tags are not known', {}, MAYBE],
    [
      'is plain text in a policy of 2008',
      { version: '2008-10-17', tags: { team: 'a', owner: 'a' } },
      NO,
    ],
  ])('%s', (_, given, expected) => {
    expect(decided({ statements, ...given }, GET, OBJECT)).toBe(expected);
  });
});

describe('what is not in the input is a gap', () => {
  const key = { account: ID, name: 'r' };
  const trust = { version: '2012-10-17', statements: [], size: 0 } as const;
  const none = organizationRules([]);
  test.each([
    ['its policies', { key, trust }, ['its policies are not in the input']],
    [
      'a policy by ARN',
      { key, trust, policies: [{ arn: 'arn:x', name: 'x' }] },
      ['the document of arn:x is not in the input'],
    ],
    [
      'a policy by name',
      { key, trust, policies: [{ name: 'x' }] },
      ['the document of x is not in the input'],
    ],
    [
      'a policy without a name',
      { key, trust, policies: [{}] },
      ['the document of a policy is not in the input'],
    ],
    [
      'a boundary',
      { key, trust, policies: [], boundary: { arn: 'arn:b' } },
      ['the document of arn:b is not in the input'],
    ],
  ])('%s', (_, role, gaps) => {
    expect(policiesOf(role, none).gaps).toEqual(gaps);
  });
});

test('one policy of several allows alone, while every Deny holds; one that is not known allows everything', () => {
  const role = {
    key: { account: ID, name: 'r' },
    trust: { version: '2012-10-17', statements: [], size: 0 } as const,
    policies: [
      { name: 'a', document: { Statement: allow(GET) } },
      { name: 'b', document: { Statement: [allow('s3:PutObject'), deny('s3:DeleteObject')] } },
      { arn: 'arn:c', name: 'c' },
    ],
  };
  const policies = policiesOf(role, organizationRules([]));
  const by = (at: number) =>
    [GET, 's3:PutObject', 's3:DeleteObject', 'ec2:RunInstances'].map((action) =>
      decidedBy(allowedByOne(policies, at), action),
    );
  expect(by(0)).toEqual([YES, NO, NO, NO]);
  expect(by(1)).toEqual([NO, YES, NO, NO]);
  expect(by(2)).toEqual([YES, YES, NO, YES]);
});

function decidedBy(policies: Policies, action: string) {
  return decide(forAction(policies, action), OBJECT, policies.known);
}
