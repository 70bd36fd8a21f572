import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isByPathOnly } from '../width.ts';

export const noProjectId: Rule = {
  id: 'OIDC101',
  name: 'no-project-id',
  severity: 'warning',
  harm: 'weakens',
  summary: 'gitlab.com without `project_id`',
  why: 'A path is free again after its project or group was renamed or deleted. An id is never given out again.',
  example:
    'acme deletes its group; somebody registers `acme`, creates `acme/web`, and may assume the role from its main branch.',
  fix: 'Add "gitlab.com:project_id" under StringEquals; for a whole group "gitlab.com:namespace_id"',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, _reach, { isGitlabCom }) => isGitlabCom && isByPathOnly(grant),
      (text) =>
        `${text} identifies the project by path only; someone else could take that path later`,
    ),
};
