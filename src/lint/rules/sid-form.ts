import type { Rule, Sighting } from '../rule.ts';

export const sidForm: Rule = {
  id: 'OIDC033',
  name: 'sid-form',
  severity: 'error',
  harm: 'rejected',
  summary: 'A Sid that AWS rejects',
  why: 'A Sid can contain only ASCII letters and digits. Two statements of a policy cannot have the same one.',
  example: '`"Sid": "GitLab deploy"`: MalformedPolicyDocument.',
  fix: 'Use only letters and digits in the Sid, such as GitLabDeploy',
  check: ({ policy }) => {
    const seen = new Set<string>();
    return policy.statements.flatMap(({ path, sid = '' }): Sighting[] => {
      const isSecond = sid !== '' && seen.has(sid);
      seen.add(sid);
      if (!/^[A-Za-z0-9]*$/.test(sid)) {
        const message = `"${sid}" holds a character other than ASCII letters and digits`;
        return [{ path: `${path}.Sid`, message }];
      }
      if (!isSecond) return [];
      const message = `"${sid}" is the Sid of another statement too`;
      return [{ path: `${path}.Sid`, message, fix: 'Give each statement a Sid of its own' }];
    });
  },
};
