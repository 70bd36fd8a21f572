import { isPinned } from '../../gitlab/subject.ts';
import { isScheduled } from './deletion-scheduled.ts';
import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/user/project/repository/#repository-path-changes */
export const moved: AuditRule = {
  id: 'AUD014',
  name: 'moved',
  severity: 'warning',
  summary: 'A trust in a path that its project or group has left',
  why: 'Its jobs are denied. The old path redirects only until somebody makes a project there.',
  fix: 'Trust the new path',
  check: perSubject((facts, grant) => {
    const { subject, standing } = facts;
    if (standing.is !== 'moved' || isScheduled(facts)) return [];
    const { path } = standing.now;
    const open = isPinned(grant) ? '' : '; anyone who takes the old path may assume the role';
    return [{ message: `${nameOf(subject)} is ${path} now${open}`, about: path }];
  }),
};
