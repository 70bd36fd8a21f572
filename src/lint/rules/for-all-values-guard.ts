import { sightLoose } from '../loose-guard.ts';
import type { Rule } from '../rule.ts';

export const forAllValuesGuard: Rule = {
  id: 'OIDC006',
  name: 'for-all-values-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'ForAllValues on a key that can be absent',
  why: 'ForAllValues: is true if the request does not have the key. AWS advises against it with Allow and with single-valued keys. Every GitLab token has `sub` and `aud`; other keys can be absent.',
  example:
    '`"ForAllValues:StringEquals": {"gitlab.example.com:project_id": "20"}` is true for every token, since AWS has that key for gitlab.com only.',
  fix: 'Remove ForAllValues: and write StringEquals or StringLike',
  check: (subject) => sightLoose(subject, ({ set }) => set === 'ForAllValues'),
};
