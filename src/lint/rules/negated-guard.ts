import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isOpen } from '../width.ts';

export const negatedGuard: Rule = {
  id: 'OIDC008',
  name: 'negated-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A negated operator is the only condition on `sub`',
  why: 'StringNotEquals and StringNotLike admit everyone except those they name.',
  example:
    '`"StringNotLike": {"gitlab.com:sub": "project_path:acme/*:ref_type:tag:*"}` admits `evil/x`.',
  fix: 'Name who is allowed with StringEquals or StringLike. Name who is excluded in a Deny statement',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, reach) => reach.subject === 'excluded' && isOpen(grant),
      () =>
        'the conditions on sub only exclude, so every other project of the instance may assume the role',
    ),
};
