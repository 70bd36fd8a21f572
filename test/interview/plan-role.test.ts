import { expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { presetRoles, readingMatters } from '../../src/interview/preset.ts';
import { policyText } from '../../src/iam/policy.ts';
import { answers, role } from '../support/builders/answers.ts';

const PERMISSIONS = {
  s3: { read: ['logs'], write: ['site'] },
  secrets_manager: { write: ['myapp/'] },
  terraform_state: { access: 'write', bucket: 'states', key: 'network.tfstate' },
  managed_policies: ['PowerUserAccess'],
};

/** The permissions of the plan role of a pair. */
function planned(permissions: object, readsData: boolean): unknown {
  return presetRoles({ name: 'gitlab', permissions }, true, readsData)[0]?.['permissions'];
}

test('the plan role sees what the apply role manages, reads its state, and no other data', () => {
  expect(planned(PERMISSIONS, false)).toEqual({
    s3: { list: ['logs', 'site'] },
    secrets_manager: { describe: ['myapp/'] },
    terraform_state: { access: 'read', bucket: 'states', key: 'network.tfstate' },
    managed_policies: ['job-function/ViewOnlyAccess'],
  });
});

test('the plan role reads secret values and objects only after an explicit yes', () => {
  expect(planned(PERMISSIONS, true)).toEqual({
    s3: { read: ['logs', 'site'] },
    secrets_manager: { read: ['myapp/'] },
    terraform_state: { access: 'read', bucket: 'states', key: 'network.tfstate' },
    managed_policies: ['ReadOnlyAccess'],
  });
});

test('without anything named the plan role may view', () => {
  expect(planned({}, false)).toEqual({ managed_policies: ['job-function/ViewOnlyAccess'] });
});

test('what the packs name in full takes no managed policy', () => {
  expect(planned({ s3: { write: ['site'] } }, false)).toEqual({ s3: { list: ['site'] } });
});

test('reading is asked about where it makes a difference', () => {
  expect(readingMatters({ permissions: { s3: { write: ['site'] } } })).toBe(true);
  expect(readingMatters({ permissions: { ec2: { access: 'read' } } })).toBe(false);
});

test('the policies of a plan role hold no action that reads a secret or an object but the state', () => {
  const { s3, secrets_manager } = PERMISSIONS;
  const [plan] = presetRoles({ name: 'gitlab', permissions: { s3, secrets_manager } }, true, false);
  const [built] = blueprintOf(
    answers({ roles: [role({ permissions: plan?.['permissions'] as object })] }),
  ).stacks[0].roles;
  const text = built?.inlinePolicies.map(({ document }) => policyText(document)).join('') ?? '';
  expect(text).toContain('secretsmanager:DescribeSecret');
  expect(text).toContain('s3:GetBucket*');
  expect(text).not.toMatch(/GetSecretValue|GetObject|PutObject/);
});
