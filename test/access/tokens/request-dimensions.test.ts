import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../../src/access/access-of.ts';
import { decideJob } from '../../../src/access/job.ts';
import { isEmpty } from '../../../src/access/questions.ts';
import type { Given } from '../../../src/access/tokens/request-dimensions.ts';
import { GITLAB_COM, read } from '../near-policies.ts';

const MAIN = 'project_path:acme/web:ref_type:branch:ref:main';

function trust(...conditions: readonly Record<string, Record<string, unknown>>[]) {
  return {
    policy: read({
      Version: '2012-10-17',
      Statement: conditions.map((one) => ({
        Effect: 'Allow',
        Principal: { Federated: GITLAB_COM },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { 'ForAnyValue:StringEquals': { 'gitlab.com:sub': MAIN }, ...one },
      })),
    }),
  };
}

const under = (operator: string, value: unknown, key = 'aws:Via') => ({
  [operator]: { [key]: value },
});

function shownRequest(condition: Record<string, Record<string, unknown>>, given: Given = {}) {
  const proof = isEmpty(trust(condition), given);
  return proof.holds === 'no' ? proof.witness.request : proof;
}

describe('a key of the request', () => {
  test.each<[string, unknown, string]>([
    ['StringEquals', 'x', 'x'],
    ['StringLike', 'a*', 'ax'],
    ['Bool', 'true', 'true'],
    ['Bool', 'false', 'false'],
    ['NumericLessThan', '5', '4'],
    ['NumericGreaterThan', '5', '6'],
    ['IpAddress', '10.0.0.0/8', '10.0.0.0'],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01.000Z'],
  ])('is shown with a value that %s %j allows', (operator, value, expected) => {
    expect(shownRequest(under(operator, value))).toEqual({ 'aws:Via': expected });
  });

  test('is absent where that is asked for, and present where its absence is not', () => {
    expect(shownRequest(under('Null', 'true'))).toEqual({});
    expect(Object.keys(shownRequest(under('Null', 'false')))).toEqual(['aws:Via']);
  });

  test('that is always there cannot be absent', () => {
    const absent = under('Null', 'true', 'aws:SecureTransport');
    expect(isEmpty(trust(absent))).toEqual({ holds: 'yes' });
  });

  test('is one key in any letter case', () => {
    const contrary = {
      StringEquals: { 'aws:Via': 'a' },
      StringNotEquals: { 'AWS:VIA': 'a' },
    };
    expect(isEmpty(trust(contrary))).toEqual({ holds: 'yes' });
  });

  test('has the value that is given, and no other', () => {
    expect(shownRequest(under('StringEquals', 'x'), { 'aws:via': 'x' })).toEqual({
      'aws:Via': 'x',
    });
    expect(shownRequest(under('StringEquals', 'x'), { 'aws:via': 'y' })).toEqual({ holds: 'yes' });
  });

  test('is compared with all values of all statements', () => {
    const both = trust(under('StringLike', 'a*'), under('StringEquals', 'ab'));
    const values = accessOf(both).grants.map(({ limits }) =>
      limits.map((one) => ('values' in one ? one.values : one)),
    );
    const like = (operator: string, value: string) => [
      { kind: 'tests', any: [{ operator, value }], except: [] },
    ];
    expect(values).toEqual([like('StringLike', 'a*'), like('StringEquals', 'ab')]);
  });
});

describe('a key that is compared in two ways', () => {
  const mixed = { ...under('DateLessThan', '2026-01-01T00:00:00Z'), ...under('StringLike', '2*') };

  test('cannot be read, so who may assume the role is left open', () => {
    const conditions = ['DateLessThan aws:via "2026-01-01T00:00:00Z"', 'StringLike aws:via "2*"'];
    expect(isEmpty(trust(mixed))).toEqual({
      holds: 'undetermined',
      reasons: [{ kind: 'unread-condition', conditions }],
    });
  });

  test('is mixed as well where each statement has one of the ways', () => {
    const [first, second] = [under('NumericEquals', '2'), under('StringLike', '2*')];
    const { undetermined } = accessOf(trust(first, second));
    expect(undetermined.map(({ kind }) => kind)).toEqual(['unread-condition', 'unread-condition']);
  });

  test('is read where its value is given', () => {
    const given = (date: string) => isEmpty(trust(mixed), { 'aws:via': date }).holds;
    expect(given('2025-01-01T00:00:00Z')).toBe('no');
    expect(given('2027-01-01T00:00:00Z')).toBe('yes');
    const claims = { iss: 'https://gitlab.com', aud: 'x', sub: MAIN };
    expect(decideJob(trust(mixed), claims, { 'aws:via': '2025-01-01' }).decision).toBe('allowed');
  });

  test('does not matter where the two ways only ask whether it is there', () => {
    const present = { ...under('NumericEquals', '2'), ...under('Null', 'false') };
    expect(shownRequest(present)).toEqual({ 'aws:Via': '2' });
  });
});
