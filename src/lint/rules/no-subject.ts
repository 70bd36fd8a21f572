import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isOpen } from '../width.ts';

export const noSubject: Rule = {
  id: 'OIDC001',
  name: 'no-subject',
  severity: 'error',
  harm: 'lets-in',
  summary: "No condition on the token's `sub`",
  why: 'Without a condition on `sub` or on an ID, the role trusts every project of the GitLab instance. On gitlab.com, that is everyone on the internet. AWS now rejects such a policy for gitlab.com, but accepts it for every other host.',
  example:
    'A policy with only `"gitlab.example.com:aud": "https://gitlab.example.com"` admits the pipelines of every project of the instance, including a stranger\'s new project.',
  fix: 'Add StringEquals on "<host>:sub" with the exact subject, such as project_path:acme/web:ref_type:branch:ref:main',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, reach) => reach.subject === 'none' && isOpen(grant),
      () => 'no condition limits the project, so every project of the instance may assume the role',
    ),
};
