import { QUOTAS } from '../../iam/quotas.ts';
import type { RoleRule } from '../rule.ts';

export const policyTooLong: RoleRule = {
  id: 'OIDC020',
  name: 'policy-too-long',
  severity: 'error',
  harm: 'rejected',
  summary: "The trust policy is longer than the account's quota",
  why: 'A trust policy can have 2,048 characters, not counting white space, unless the quota was raised.',
  example:
    'About 30 projects in one role: LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048.',
  fix: 'Split the subjects among several roles, or request a higher quota',
  isAboutRole: true,
  check: ({ policy, context: { trustPolicyQuota = QUOTAS.trustPolicy } }) =>
    policy.size > trustPolicyQuota
      ? [
          {
            path: 'Statement',
            message: `the policy has ${policy.size} characters, the quota is ${trustPolicyQuota}`,
          },
        ]
      : [],
};
