import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isByPathOnly } from '../width.ts';

export const noProjectId: Rule = {
  id: 'OIDC101',
  name: 'no-project-id',
  severity: 'warning',
  harm: 'weakens',
  summary: 'gitlab.com without `project_id`',
  why: 'A path becomes free when its project or group is renamed or deleted. An ID is never reused.',
  example:
    'The group `acme` is deleted. Someone else registers `acme`, creates `acme/web`, and may assume the role from its main branch.',
  fix: 'Add "gitlab.com:project_id" under StringEquals, or "gitlab.com:namespace_id" for a whole group',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, _reach, { isGitlabCom }) => isGitlabCom && isByPathOnly(grant),
      (text) =>
        `${text} identifies the project by path only; someone else could take that path later`,
    ),
};
