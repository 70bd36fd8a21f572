import type { AuditRule } from '../rule.ts';
import { refsOf } from './of-refs.ts';
import { nameOf, perSubject } from './per-subject.ts';

export const branchGone: AuditRule = {
  id: 'AUD018',
  name: 'branch-gone',
  severity: 'warning',
  summary: 'A trust in a branch that the project does not have',
  why: 'Anyone who creates the branch has the role: it belongs to nobody, and nobody notices.',
  fix: 'Remove the branch from the trust, or demand a protected ref',
  check: perSubject((facts, grant) =>
    refsOf(facts, grant, 'branch', true).map(({ text, isProtected }) => ({
      message: `${nameOf(facts.subject)} has no ${text}${isProtected ? '' : ', and anyone who may push may create it'}`,
      about: text,
    })),
  ),
};
