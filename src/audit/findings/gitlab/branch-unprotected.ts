import type { AuditRule } from '../rule.ts';
import { refsOf } from './of-refs.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/user/project/repository/branches/protected/ */
export const branchUnprotected: AuditRule = {
  id: 'AUD019',
  name: 'branch-unprotected',
  severity: 'warning',
  summary: 'A trust in a branch that GitLab does not protect, without a condition that demands it',
  why: 'Everyone with the Developer role in the project can push to it, and assume the role.',
  fix: 'Protect it in GitLab, and demand ref_protected where AWS knows it',
  check: perSubject((facts, grant) =>
    refsOf(facts, grant, 'branch', false)
      .filter(({ isProtected }) => !isProtected)
      .map(({ text }) => ({
        message: `no rule of ${nameOf(facts.subject)} protects ${text}`,
        about: text,
      })),
  ),
};
