import { expect, test } from '@jest/globals';
import { trustPolicy } from '../../../src/doctor/checks/trust-policy.ts';
import { GITLAB_COM, read } from '../../access/near-policies.ts';

const SUB = 'project_path:acme/web:ref_type:branch:ref:main';
const CLAIMS = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: SUB };

/** What the check says on 1 January 2027 of a policy with one more condition. */
function outcome(condition: object, effect = 'Allow') {
  const web = { Principal: { Federated: GITLAB_COM }, Action: 'sts:AssumeRoleWithWebIdentity' };
  const main = { StringEquals: { 'gitlab.com:sub': SUB } };
  const statements =
    effect === 'Allow'
      ? [{ Effect: 'Allow', ...web, Condition: { ...main, ...condition } }]
      : [
          { Effect: 'Allow', ...web, Condition: main },
          { Effect: 'Deny', ...web, Condition: condition },
        ];
  const policy = read({ Version: '2012-10-17', Statement: statements });
  const now = Date.parse('2027-01-01T00:00:00Z') / 1000;
  return trustPolicy.examine({
    now,
    claims: CLAIMS,
    session: {},
    trust: { policy, from: 'file' },
  });
}

test.each([
  ['an address that must be', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Allow'],
  ['an address that must not be', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Deny'],
])('%s leaves the answer open: only the request has it', async (_, condition, effect) => {
  expect(await outcome(condition, effect)).toEqual({
    status: 'unknown',
    why: 'whether it allows the token depends on aws:SourceIp of the request',
  });
});

test('a trust that is still valid allows the token, and one that has expired does not', async () => {
  const until = (time: string) => outcome({ DateLessThan: { 'aws:CurrentTime': time } });
  expect(await until('2028-01-01T00:00:00Z')).toMatchObject({ status: 'ok' });
  expect(await until('2026-12-31T00:00:00Z')).toMatchObject({
    status: 'failed',
    cause: expect.stringContaining('it has expired: it ended at 2026-12-31T00:00:00Z'),
  });
});
