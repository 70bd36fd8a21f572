import { describe, expect, test } from '@jest/globals';
import { undecidedPolicies } from '../../../src/access/reach/organization.ts';
import { rulesOf } from '../../../src/access/reach/rule.ts';
import { MAYBE, NO, type Value, YES } from '../../../src/access/reach/value.ts';
import { allow, decided, deny, ID, scp, unknown } from './given-policies.ts';

const GET = 's3:GetObject';
const OBJECT = 'arn:aws:s3:::b/key';

describe('what has not the form of a statement is left out', () => {
  test.each<[string, unknown]>([
    ['no document', null],
    ['a document that is a text', 'Allow'],
    ['no statement', {}],
    ['a statement that is nothing', { Statement: [null] }],
    ['a statement that is a text', { Statement: 'Allow' }],
    ['a statement that is a list', { Statement: [[allow(GET)]] }],
    ['an effect in another letter case', { Statement: { ...allow(GET), Effect: 'allow' } }],
    ['no effect', { Statement: { ...allow(GET), Effect: undefined } }],
  ])('%s', (_, document) => {
    expect(rulesOf(document)).toEqual([]);
  });

  test('but the statements beside it count', () => {
    const document = { Statement: [null, { ...deny('*'), Effect: 'deny' }, allow(GET)] };
    expect(rulesOf(document).map(({ effect }) => effect)).toEqual(['Allow']);
  });

  test('actions and resources that are not texts match nothing', () => {
    const values: unknown = [5, null, [GET]];
    const statements = (one: object) => [{ ...allow(GET), ...one }];
    const value = (one: object): Value => decided({ statements: statements(one) }, GET, OBJECT);
    expect(value({ Action: values })).toBe(NO);
    expect(value({ Resource: values })).toBe(NO);
    expect(value({ Action: [5, GET], Resource: [null, OBJECT] })).toBe(YES);
  });
});

test('a wildcard in the service of one action covers every service, whatever the others name', () => {
  const statements = [allow(['ec2:*', '*:GetObject'])];
  expect(decided({ statements }, GET, OBJECT)).toBe(YES);
  expect(decided({ statements }, 'sqs:SendMessage', '*')).toBe(NO);
});

describe('a variable in a condition', () => {
  const under = (text: string, tags?: Record<string, string>) => {
    const condition = { StringEquals: { 'aws:PrincipalAccount': text } };
    const given = { statements: [allow(GET, '*', { Condition: condition })] };
    return decided(tags ? { ...given, tags } : given, GET, OBJECT);
  };

  test('may match where it is not known, although the key is', () => {
    expect(under('${aws:SourceVpc}')).toBe(MAYBE);
    expect(under('${aws:PrincipalTag/account}')).toBe(MAYBE);
  });

  test('has its value, with spaces around its name and in any letter case', () => {
    for (const name of ['aws:PrincipalTag/account', ' AWS:principaltag/Account ']) {
      expect(under(`\${${name}}`, { account: ID })).toBe(YES);
      expect(under(`\${${name}}`, { account: '222222222222' })).toBe(NO);
    }
  });
});

test('only a policy of which nothing says whether it holds is reported as one', () => {
  const known = { ...scp(allow('*')), place: { file: 'scp.json', path: '' } };
  expect(undecidedPolicies([known])).toEqual([]);
  expect(undecidedPolicies([known, unknown(deny('*'))])).toEqual([
    'policy.json holds a policy without a role, and does not count. If it is an SCP or RCP, say so in the name of the file or folder',
  ]);
});
