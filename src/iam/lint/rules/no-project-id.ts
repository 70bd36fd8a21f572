import { componentOf } from '../../subject.ts';
import { reachOf, sightSubjects, staysInGroup } from '../reach.ts';
import type { Rule } from '../rule.ts';

export const noProjectId: Rule = {
  id: 'OIDC101',
  name: 'no-project-id',
  severity: 'warning',
  harm: 'weakens',
  summary: 'gitlab.com without `project_id`',
  why: 'A path is free again after its project or group was renamed or deleted. An id is given once.',
  example:
    'acme deletes its group; somebody registers `acme`, creates `acme/web`, and its main branch is let in.',
  mend: 'Add "gitlab.com:project_id" under StringEquals; for a whole group "gitlab.com:namespace_id"',
  check: (subject) =>
    sightSubjects(
      subject,
      (guarded, statement) => {
        if (!statement.isGitlabCom || !staysInGroup(statement, guarded)) return false;
        if (statement.pinned('project_id').length > 0) return false;
        if (componentOf(guarded.subject, 'project_id') !== undefined) return false;
        const groupPinned = statement.pinned('namespace_id').length > 0;
        return !(groupPinned && reachOf(statement, guarded) === 'group');
      },
      (text) => `"${text}" is a path alone, which somebody else can hold one day`,
    ),
};
