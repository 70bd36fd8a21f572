import type { Rule } from '../rule.ts';
import { sightFlaw } from '../unsound-guard.ts';

export const ifExistsGuard: Rule = {
  id: 'OIDC007',
  name: 'if-exists-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'An `…IfExists` operator is the only guard on `sub`',
  why: '…IfExists is true for a key that the request does not have: a guard that opens when nobody asks.',
  example:
    '`"StringEqualsIfExists": {"gitlab.com:sub": …}` holds for every token of which AWS reads no `sub`.',
  fix: 'Drop IfExists and write StringEquals or StringLike',
  check: (subject) =>
    sightFlaw(subject, 'if-exists', (operator) => `${operator} is true when sub is absent`),
};
