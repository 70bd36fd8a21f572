import { GITLAB_COM } from '../../../iam/condition-keys.ts';
import { isPinned } from '../../gitlab/subject.ts';
import type { AuditRule } from '../rule.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/api/namespaces/#verify-namespace-availability */
export const claimableNamespace: AuditRule = {
  id: 'AUD012',
  name: 'claimable-namespace',
  severity: 'error',
  summary: 'A trust in a top-level group that nobody has now, so that anyone may take it',
  why: 'Anyone who registers the name can make the project that the role trusts, and assume the role.',
  fix: 'Remove the role, or trust the project where it is now, with its id. To close the hole at once, register the name',
  check: perSubject(({ subject, claimable }, grant, { host, issuer }) => {
    if (claimable === undefined) return [];
    const who = issuer === GITLAB_COM ? 'anyone' : 'anyone who may create groups';
    const pinned = isPinned(grant);
    const message = `it trusts ${nameOf(subject)}, and ${who} may register ${claimable} at ${host}${pinned ? '; the id in the trust keeps other projects out' : ''}`;
    return [{ message, about: claimable, ...(pinned && { severity: 'warning' }) }];
  }),
};
