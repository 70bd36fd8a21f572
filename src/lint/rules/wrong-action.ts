import type { Rule } from '../rule.ts';

export const wrongAction: Rule = {
  id: 'OIDC025',
  name: 'wrong-action',
  severity: 'error',
  harm: 'locks-out',
  summary: 'The action is not sts:AssumeRoleWithWebIdentity',
  why: 'Only sts:AssumeRoleWithWebIdentity exchanges a token. sts:AssumeRole is for principals that have AWS credentials.',
  example: '`"Action": "sts:AssumeRole"` with a Federated principal: AccessDenied for every job.',
  fix: 'Write "Action": "sts:AssumeRoleWithWebIdentity"',
  check: ({ strays }) =>
    strays.map(({ statement: { action } }) => ({
      path: action.path,
      message: `${action.patterns.join(', ')} does not cover sts:AssumeRoleWithWebIdentity`,
    })),
};
