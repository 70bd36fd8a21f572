import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/user/project/repository/#repository-path-changes */
export const pathReclaimed: AuditRule = {
  id: 'AUD013',
  name: 'path-reclaimed',
  severity: 'error',
  summary: 'A trust in a path that another project has taken',
  why: 'Only the id in the trust keeps the other project out. The project that is meant cannot assume the role.',
  fix: 'Find out who took the path and why. Trust the project where it is now, or remove the role',
  check: perSubject(({ subject, standing }) =>
    standing.is === 'reclaimed'
      ? [
          {
            message: `${nameOf(subject)} is the project ${standing.by} now; the trust names ${subject.ids.join(' or ')}`,
            about: standing.by,
          },
        ]
      : [],
  ),
};
