import type { SubjectFacts } from '../../gitlab/known.ts';
import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

const MARK = /-deletion_scheduled-\d+(?:\/|$)/;

/** Whether it waits to be deleted: GitLab then renames it, so that others may take its path. */
export function isScheduled({ subject, standing }: SubjectFacts): boolean {
  if (MARK.test(subject.path ?? '')) return true;
  return 'now' in standing && (standing.now.deletion !== undefined || MARK.test(standing.now.path));
}

/** @see https://docs.gitlab.com/user/project/working_with_projects/#delete-a-project */
export const deletionScheduled: AuditRule = {
  id: 'AUD016',
  name: 'deletion-scheduled',
  severity: 'warning',
  summary: 'A trust in a project or group that waits to be deleted',
  why: 'GitLab renames what is to be deleted. Its path is then free for anyone who knows that a role trusts it.',
  fix: 'Remove the project or group from the trust, or restore it in GitLab',
  check: perSubject((facts) => {
    if (!isScheduled(facts)) return [];
    const now = 'now' in facts.standing ? facts.standing.now : undefined;
    const where = now === undefined || now.path === facts.subject.path ? '' : ` as ${now.path}`;
    const day = now?.deletion === undefined ? '' : `, marked on ${now.deletion}`;
    return [{ message: `${nameOf(facts.subject)} waits to be deleted${where}${day}`, about: '' }];
  }),
};
