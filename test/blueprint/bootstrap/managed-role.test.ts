import { describe, expect, test } from '@jest/globals';
import { PATHS } from '../../../src/iam/escalation/paths.ts';
import { decisionOf } from '../../support/tools/simulated-call.ts';
import { ACCOUNT, NAMES, organizationAnswers, pipelineOf } from './pipeline.ts';

const { managedRole, otherRole, applyRole, boundary: boundaryArn } = NAMES;
const answers = organizationAnswers();
const { boundary } = pipelineOf(answers);

/** The most that somebody can attach to a role. */
const ADMINISTRATOR = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

const ON = {
  policy: boundaryArn,
  role: otherRole,
  user: `arn:aws:iam::${ACCOUNT}:user/someone`,
  group: `arn:aws:iam::${ACCOUNT}:group/admins`,
} as const;

const decide = (action: string, resource: string, limit: unknown = boundary) =>
  decisionOf({
    principal: managedRole,
    action,
    resource,
    identity: [ADMINISTRATOR],
    boundary: limit,
  });

/** Published ways to more permissions that go through IAM or another role. */
const ESCALATIONS = PATHS.filter(({ needs }) => needs.length === 1)
  .flatMap(({ needs }) => needs)
  .flatMap(({ action, on }) => (on === 'none' ? [] : [[action, ON[on]] as const]));

describe('a managed role with AdministratorAccess cannot leave its boundary', () => {
  test.each(ESCALATIONS)('%s on %s is denied', async (action, resource) => {
    expect(await decide(action, resource)).toBe('ImplicitlyDenied');
  });

  test.each([
    ['iam:CreateUser', ON.user],
    ['iam:CreateRole', managedRole],
    ['iam:CreatePolicy', ON.policy],
    ['iam:UpdateAssumeRolePolicy', applyRole],
    ['iam:DeleteOpenIDConnectProvider', NAMES.provider],
    ['organizations:LeaveOrganization', '*'],
    ['account:PutAlternateContact', '*'],
  ])('%s on %s is denied', async (action, resource) => {
    expect(await decide(action, resource)).toBe('ImplicitlyDenied');
  });

  test.each([
    ['s3:PutObject', 'arn:aws:s3:::any/key'],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:shop`],
    ['iam:GetRole', otherRole],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/app/task`],
    ['sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/app/task`],
  ])('%s on %s is left to its policies', async (action, resource) => {
    expect(await decide(action, resource)).toBe('Allowed');
  });

  test('without usable_roles it can neither pass nor assume any role', async () => {
    const { usable_roles: _, ...bootstrap } = answers.bootstrap ?? {};
    const none = pipelineOf({ ...answers, bootstrap }).boundary;
    const role = `arn:aws:iam::${ACCOUNT}:role/app/task`;
    expect(await decide('iam:PassRole', role, none)).toBe('ImplicitlyDenied');
    expect(await decide('sts:AssumeRole', role, none)).toBe('ImplicitlyDenied');
  });
});
