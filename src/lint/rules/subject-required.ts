import type { Rule } from '../rule.ts';
import { isOpen } from '../width.ts';

export const subjectRequired: Rule = {
  id: 'OIDC028',
  name: 'subject-required',
  severity: 'error',
  harm: 'rejected',
  summary: 'gitlab.com without a `sub` condition',
  why: 'AWS rejects a new trust policy for gitlab.com that has no condition on `gitlab.com:sub`. A condition on an ID is not enough. The operator must be StringEquals, StringLike or StringEqualsIgnoreCase.',
  example:
    '`"gitlab.com:project_id": "20"` alone: MalformedPolicyDocument. An older role keeps working.',
  fix: 'Add "gitlab.com:sub", such as project_path:acme/web:*, next to the ID',
  check: ({ statements }) =>
    statements
      .filter(
        ({ isGitlabCom, reaches }) =>
          isGitlabCom &&
          reaches.some(
            ({ subject, grants }) =>
              subject === 'none' && grants.length > 0 && !grants.some((one) => isOpen(one)),
          ),
      )
      .map(({ statement }) => ({
        path: `${statement.path}.Condition`,
        message: 'gitlab.com is trusted without a condition on its sub',
      })),
};
