import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/user/project/working_with_projects/#archive-a-project */
export const archivedProject: AuditRule = {
  id: 'AUD017',
  name: 'archived-project',
  severity: 'warning',
  summary: 'A trust in a project that is archived',
  why: 'No pipeline runs in it, so nobody needs the role. Anyone who restores the project has the access again.',
  fix: 'Remove the project from the trust',
  check: perSubject(({ subject, standing }) =>
    'now' in standing && standing.now.archived === true
      ? [{ message: `${nameOf(subject)} is archived`, about: '' }]
      : [],
  ),
};
