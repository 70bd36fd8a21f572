import { componentOf } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const noProjectId: Rule = {
  id: 'OIDC101',
  name: 'no-project-id',
  severity: 'warning',
  harm: 'weakens',
  summary: 'gitlab.com without `project_id`',
  why: 'A path is free again after its project or group was renamed or deleted. An id is given once.',
  example:
    'acme deletes its group; somebody registers `acme`, creates `acme/web`, and its main branch is let in.',
  fix: 'Add "gitlab.com:project_id" under StringEquals; for a whole group "gitlab.com:namespace_id"',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ subject: one, reach, staysInGroup }, { isGitlabCom, pinned }) => {
        if (!isGitlabCom || !staysInGroup || pinned('project_id').length > 0) return false;
        if (componentOf(one, 'project_id') !== undefined) return false;
        return !(reach === 'group' && pinned('namespace_id').length > 0);
      },
      (text) => `"${text}" is a path alone, which somebody else can hold one day`,
    ),
};
