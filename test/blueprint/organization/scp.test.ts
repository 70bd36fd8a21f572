import { describe, expect, test } from '@jest/globals';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import {
  ACCOUNT,
  answersOfGolden,
  NAMES,
  namesIn,
  organizationAnswers,
  pipelineOf,
} from '../bootstrap/pipeline.ts';
import { decisionOf } from '../../support/tools/simulated-call.ts';

const { scp } = pipelineOf(organizationAnswers());
const { applyRole, planRole, boundary, provider, managedRole } = NAMES;

const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const ADMIN = role('Admin');
const STACK_SET = role('stacksets-exec-0123456789abcdef');
const CONTROL_TOWER = role('AWSControlTowerExecution');
const WITH = { 'iam:PermissionsBoundary': boundary };

/** Each calls with AdministratorAccess, so what remains is the decision of the policy. */
const CALLS: readonly (readonly [
  what: string,
  verdict: 'allowed' | 'denied',
  by: string,
  action: string,
  on: string,
  context?: Readonly<Record<string, string>>,
])[] = [
  [
    'an administrator deletes the provider',
    'denied',
    ADMIN,
    'iam:DeleteOpenIDConnectProvider',
    provider,
  ],
  [
    'an administrator adds an audience',
    'denied',
    ADMIN,
    'iam:AddClientIDToOpenIDConnectProvider',
    provider,
  ],
  [
    'an administrator changes who applies',
    'denied',
    ADMIN,
    'iam:UpdateAssumeRolePolicy',
    applyRole,
  ],
  ['an administrator widens the plan role', 'denied', ADMIN, 'iam:AttachRolePolicy', planRole],
  ['an administrator rewrites the boundary', 'denied', ADMIN, 'iam:CreatePolicyVersion', boundary],
  [
    'an administrator creates a managed role without the boundary',
    'denied',
    ADMIN,
    'iam:CreateRole',
    managedRole,
  ],
  [
    'an administrator takes the boundary from a managed role',
    'denied',
    ADMIN,
    'iam:DeleteRolePermissionsBoundary',
    managedRole,
  ],
  [
    'an administrator creates a role with the name of an exception',
    'denied',
    ADMIN,
    'iam:CreateRole',
    role('stacksets-exec-mine'),
  ],
  [
    'an administrator makes an exception trust others',
    'denied',
    ADMIN,
    'iam:UpdateAssumeRolePolicy',
    CONTROL_TOWER,
  ],
  ['the StackSet updates the apply role', 'allowed', STACK_SET, 'iam:PutRolePolicy', applyRole],
  [
    'Control Tower creates the provider',
    'allowed',
    CONTROL_TOWER,
    'iam:CreateOpenIDConnectProvider',
    provider,
  ],
  [
    'the pipeline creates a managed role with the boundary',
    'allowed',
    applyRole,
    'iam:CreateRole',
    managedRole,
    WITH,
  ],
  ['an administrator creates another role', 'allowed', ADMIN, 'iam:CreateRole', role('app/task')],
  ['an administrator reads the apply role', 'allowed', ADMIN, 'iam:GetRole', applyRole],
];

describe('only the exceptions change the provider and the bootstrap', () => {
  test.each(CALLS)('%s: %s', async (_, verdict, principal, action, resource, context = {}) => {
    const decision = await decisionOf({
      principal,
      action,
      resource,
      context: { ...context, 'aws:PrincipalArn': principal },
      identity: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      ],
      scp,
    });
    expect(decision).toBe(verdict === 'allowed' ? 'Allowed' : 'ExplicitlyDenied');
  });

  test('there are at least twelve', () => {
    expect(CALLS.length).toBeGreaterThanOrEqual(12);
  });
});

describe('an account with a boundary of its own', () => {
  const answers = answersOfGolden('bootstrapped-accounts');
  const guard = { groups: [{ path: 'mygroup' }] };
  const policy = blueprintOf({ ...answers, organization: guard }).organization?.scp.document;
  const dev = namesIn('111111111111');
  const ownBoundary = 'arn:aws:iam::333333333333:policy/security/ci-boundary';
  const prod = namesIn('333333333333', { boundary: ownBoundary });

  const create = ({ applyRole, managedRole }: typeof prod, boundary: string) =>
    decisionOf({
      principal: applyRole,
      action: 'iam:CreateRole',
      resource: managedRole,
      context: { 'iam:PermissionsBoundary': boundary, 'aws:PrincipalArn': applyRole },
      identity: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      ],
      scp: policy,
    });

  test.each([
    ['dev', dev],
    ['prod', prod],
  ])('the pipeline creates roles of %s with the boundary there', async (_, names) => {
    expect(await create(names, names.boundary)).toBe('Allowed');
  });

  test('nobody creates a role of another account with a policy of that name', async () => {
    const sameName = 'arn:aws:iam::111111111111:policy/security/ci-boundary';
    expect(await create(dev, sameName)).toBe('ExplicitlyDenied');
  });

  test.each([
    ['an administrator', 'ExplicitlyDenied', 'admin'],
    ['a role that may change what is protected', 'Allowed', 'AWSControlTowerExecution'],
  ])('%s rewrites that boundary: %s', async (_, decision, role) => {
    const principal = `arn:aws:iam::333333333333:role/${role}`;
    const call = {
      principal,
      action: 'iam:CreatePolicyVersion',
      resource: ownBoundary,
      context: { 'aws:PrincipalArn': principal },
      identity: [
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      ],
      scp: policy,
    };
    expect(await decisionOf(call)).toBe(decision);
    const other = 'arn:aws:iam::333333333333:policy/security/ci-boundary-2';
    expect(await decisionOf({ ...call, resource: other })).toBe('Allowed');
  });

  test('too many of them are refused at the accounts', () => {
    const accounts = Array.from({ length: 90 }, (_, index) => {
      const id = String(100_000_000_000 + index);
      const boundary = `arn:aws:iam::${id}:policy/security/ci-boundary`;
      return { name: `a${index}`, id, permissions_boundary: boundary };
    });
    expect(() =>
      blueprintOf({
        ...answers,
        accounts,
        ci: { ...answers.ci, promotion: [] },
        roles: answers.roles.map(({ differences: _, ...role }) => role),
        organization: guard,
      }),
    ).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ where: 'accounts' })] }),
    );
  });
});
