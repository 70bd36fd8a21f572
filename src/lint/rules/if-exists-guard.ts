import { sightLoose } from '../loose-guard.ts';
import type { Rule } from '../rule.ts';

export const ifExistsGuard: Rule = {
  id: 'OIDC007',
  name: 'if-exists-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'An `…IfExists` operator on a key that can be absent',
  why: '…IfExists is true if the request does not have the key. Every GitLab token has `sub` and `aud`; other keys can be absent.',
  example:
    '`"StringEqualsIfExists": {"gitlab.example.com:project_id": "20"}` is true for every token, since AWS has that key for gitlab.com only.',
  fix: 'Remove IfExists and write StringEquals or StringLike',
  check: (subject) =>
    sightLoose(subject, ({ set, ifExists }) => set !== 'ForAllValues' && ifExists),
};
