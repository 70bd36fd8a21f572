import type { Rule } from '../rule.ts';

export const noSubject: Rule = {
  id: 'OIDC001',
  name: 'no-subject',
  severity: 'error',
  harm: 'lets-in',
  summary: 'No condition on the token’s `sub`',
  why: 'Without a condition on `sub` the role trusts the whole GitLab instance: on gitlab.com that is every account on the internet. AWS refuses such a policy for gitlab.com, and takes it for every other host.',
  example:
    'A policy with only `"gitlab.example.com:aud": "https://gitlab.example.com"` lets in a pipeline of every project of the instance, a stranger’s new one included.',
  fix: 'Add StringEquals on "<host>:sub" with the exact subject, such as project_path:acme/web:ref_type:branch:ref:main',
  check: ({ statements }) =>
    statements
      .filter(({ subjectConditions }) => subjectConditions.length === 0)
      .map(({ statement }) => ({
        path: `${statement.path}.Condition`,
        message: 'no condition on sub: every project of the instance comes in',
      })),
};
