import type { Statement } from '../../iam/evaluate/policy.ts';
import type { Rule, Sighting } from '../rule.ts';

export const wrongAction: Rule = {
  id: 'OIDC025',
  name: 'wrong-action',
  severity: 'error',
  harm: 'locks-out',
  summary: 'The action is not sts:AssumeRoleWithWebIdentity',
  why: 'Only sts:AssumeRoleWithWebIdentity exchanges a token. sts:AssumeRole is for principals that have AWS credentials. AWS rejects a trust policy with an action of another service.',
  example: '`"Action": "sts:AssumeRole"` with a Federated principal: AccessDenied for every job.',
  fix: 'Write "Action": "sts:AssumeRoleWithWebIdentity"',
  check: ({ strays, policy, statements }) => [
    ...strays.map(({ statement: { action } }) => ({
      path: action.path,
      message: `${action.patterns.join(', ')} does not cover sts:AssumeRoleWithWebIdentity`,
    })),
    ...(statements.length > 0 ? policy.statements.flatMap(foreignActions) : []),
  ],
};

/** "AssumeRole policy may only specify STS AssumeRole actions." */
function foreignActions({ action: { path, patterns, negated } }: Statement): Sighting[] {
  const foreign = patterns.filter((one) => /^[a-z0-9-]+:/i.test(one) && !/^sts:/i.test(one));
  if (negated || foreign.length === 0) return [];
  const message = `AWS rejects a trust policy with ${foreign.join(', ')}`;
  return [
    {
      path,
      message,
      fix: 'Leave only actions of STS, and put permissions into a policy of the role',
    },
  ];
}
