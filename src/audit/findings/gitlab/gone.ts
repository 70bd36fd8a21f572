import { isPinned } from '../../gitlab/subject.ts';
import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

export const gone: AuditRule = {
  id: 'AUD015',
  name: 'gone',
  severity: 'warning',
  summary: 'A trust in a project or group that GitLab does not have',
  why: 'Nobody needs the role today. A trust by path alone admits anyone who makes a project there.',
  fix: 'Remove the project or group from the trust, or use a token that sees it',
  check: perSubject(({ subject, standing, claimable }, grant, { host }) => {
    // That anyone may take the path says more.
    if (standing.is !== 'gone' || (claimable !== undefined && !isPinned(grant))) return [];
    const { isSure } = standing;
    const message = `${host} has no ${subject.kind} ${nameOf(subject)}${isSure ? '' : ', or hides it from the token'}`;
    return [{ message, about: isSure, ...(!isSure && { severity: 'undetermined' }) }];
  }),
};
