import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access/access-of.ts';
import { covers, isEmpty } from '../../src/access/questions.ts';
import { GITLAB_COM, read } from './near-policies.ts';

const ACTION = 'sts:AssumeRoleWithWebIdentity';
const open = (more: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: ACTION,
  ...more,
});
const policy = (...Statement: object[]) => ({ policy: read({ Version: '2012-10-17', Statement }) });
const named = policy({ Effect: 'Allow', Principal: { Federated: GITLAB_COM }, Action: ACTION });

describe('a statement that is open to every provider', () => {
  test('admits tokens of a provider that nobody names', () => {
    const issuers = accessOf(policy(open())).grants.map(({ witness }) => witness.claims['iss']);
    expect(new Set(issuers)).toEqual(
      new Set(['https://gitlab.com', 'https://gitlab.another.example']),
    );
  });

  test('is wider than one that names its provider', () => {
    expect(covers(named, policy(open())).holds).toBe('no');
    expect(covers(policy(open()), named)).toEqual({ holds: 'yes' });
  });

  test('is not closed by a value that only the provider of its key cannot have', () => {
    const never = { StringEqualsIfExists: { 'gitlab.com:ref_protected': 'never' } };
    expect(isEmpty(policy(open({ Condition: never }))).holds).toBe('no');
    const always = { StringEquals: { 'gitlab.com:ref_protected': 'never' } };
    expect(isEmpty(policy(open({ Condition: always })))).toEqual({ holds: 'yes' });
  });

  test('admits tokens of the provider whose key a Deny statement asks for', () => {
    const denied = {
      ...open({ Condition: { StringEqualsIfExists: { 'gitlab.example.com:sub': 'none' } } }),
      Effect: 'Deny',
    };
    const gain = covers(named, policy(denied, open()));
    expect(gain.holds === 'no' && gain.witness.claims['iss']).toBe('https://gitlab.example.com');
  });
});
