import { presenceOf } from '../../access/tokens/request-keys.ts';
import { isAwsKey } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';

export const absentRequestKey: Rule = {
  id: 'OIDC031',
  name: 'absent-request-key',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A key that a call with a GitLab token never has',
  why: '`sts:ExternalId` exists for AssumeRole only. GitLab sends no session tags. A call with a token is made without AWS credentials, so it has no organization and no MFA. The key is therefore absent, and an absent key does not match.',
  example: '`"sts:ExternalId": "secret"` with a Federated principal: AccessDenied for every job.',
  fix: 'Remove the condition',
  check: ({ statements }) =>
    statements.flatMap(({ statement }) =>
      statement.conditions
        .filter(({ key }) => isAwsKey(key) && presenceOf(key) === 'never')
        .map(({ path, key }) => ({
          path,
          message: `"${key}" is absent from every call of AssumeRoleWithWebIdentity with a GitLab token`,
        })),
    ),
};
