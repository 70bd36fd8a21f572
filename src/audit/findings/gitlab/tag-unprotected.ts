import type { AuditRule } from '../rule.ts';
import { refsOf } from './of-refs.ts';
import { nameOf, perSubject } from './per-subject.ts';

/** @see https://docs.gitlab.com/user/project/protected_tags/ */
export const tagUnprotected: AuditRule = {
  id: 'AUD020',
  name: 'tag-unprotected',
  severity: 'warning',
  summary: 'A trust in a tag that GitLab does not protect, without a condition that demands it',
  why: 'Everyone with the Developer role in the project can create it, and assume the role.',
  fix: 'Protect it in GitLab, and demand ref_protected where AWS knows it',
  check: perSubject((facts, grant) =>
    refsOf(facts, grant, 'tag', false)
      .filter(({ isProtected }) => !isProtected)
      .map(({ text }) => ({
        message: `no rule of ${nameOf(facts.subject)} protects ${text}`,
        about: text,
      })),
  ),
};
