import type { Rule } from '../rule.ts';

export const sidForm: Rule = {
  id: 'OIDC033',
  name: 'sid-form',
  severity: 'error',
  harm: 'rejected',
  summary: 'A Sid that AWS rejects',
  why: 'A Sid can contain only ASCII letters and digits.',
  example: '`"Sid": "GitLab deploy"`: MalformedPolicyDocument.',
  fix: 'Use only letters and digits in the Sid, such as GitLabDeploy',
  check: ({ policy }) =>
    policy.statements
      .filter(({ sid }) => sid !== undefined && !/^[A-Za-z0-9]*$/.test(sid))
      .map(({ path, sid = '' }) => ({
        path: `${path}.Sid`,
        message: `"${sid}" holds a character other than ASCII letters and digits`,
      })),
};
