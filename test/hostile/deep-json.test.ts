import { describe, expect, test } from '@jest/globals';
import { readJsonInput } from '../../src/aws/inputs/read-json.ts';

const LEVELS = 300_000;
const NESTED = `${'['.repeat(LEVELS)}${']'.repeat(LEVELS)}`;

function trustOf(audience: string): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::123456789012:oidc-provider/gitlab.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"gitlab.com:aud":${audience}}}}]}`;
}

function dumpOf(...trusts: readonly string[]): string {
  const roles = trusts.map(
    (trust, at) =>
      `{"RoleName":"r${at}","Arn":"arn:aws:iam::123456789012:role/r${at}","AssumeRolePolicyDocument":${trust}}`,
  );
  return `{"RoleDetailList":[${roles.join()}]}`;
}

describe.each<[string, string]>([
  ['a policy', dumpOf(trustOf(NESTED), trustOf('"sts.amazonaws.com"'))],
  [
    'a policy that is percent-encoded',
    dumpOf(JSON.stringify(encodeURIComponent(trustOf(NESTED))), trustOf('"sts.amazonaws.com"')),
  ],
])('%s in which 300,000 lists are inside each other', (_, dump) => {
  const read = readJsonInput(dump, 'dump.json');

  test('is one item that could not be read, with its place', () => {
    expect(read?.unreadable.map(({ what }) => what)).toEqual([
      expect.stringMatching(/is nested more than 100 levels deep$/),
    ]);
    expect(read?.unreadable[0]?.place.path).toMatch(/^RoleDetailList\[0\]/);
  });

  test('does not keep the other roles from being read', () => {
    expect(read?.roles.map(({ label }) => label)).toContain('r1');
    expect(read?.roles.map(({ label }) => label)).not.toContain('r0');
  });
});
