import type { Rule } from '../rule.ts';
import { sightFlaw } from '../unsound-guard.ts';

export const negatedGuard: Rule = {
  id: 'OIDC008',
  name: 'negated-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A negated operator is the only guard on `sub`',
  why: 'StringNotEquals and StringNotLike let in everybody but those they name, and everybody without the key.',
  example:
    '`"StringNotLike": {"gitlab.com:sub": "project_path:acme/*:ref_type:tag:*"}` lets in `evil/x`.',
  fix: 'Say who comes in, with StringEquals or StringLike; say who does not in a Deny statement',
  check: (subject) =>
    sightFlaw(subject, 'negated', (operator) => `${operator} lets in everybody else`),
};
