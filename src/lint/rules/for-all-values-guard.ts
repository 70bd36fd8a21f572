import type { Rule } from '../rule.ts';
import { sightFlaw } from '../unsound-guard.ts';

export const forAllValuesGuard: Rule = {
  id: 'OIDC006',
  name: 'for-all-values-guard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'ForAllValues is the only guard on `sub`',
  why: 'ForAllValues: is true for a key that the request does not have, or has empty. AWS advises against it with Allow and with keys of one value.',
  example:
    '`"ForAllValues:StringEquals": {"gitlab.com:sub": …}` holds for every token of which AWS reads no `sub`.',
  fix: 'Drop ForAllValues: and write StringEquals or StringLike',
  check: (subject) =>
    sightFlaw(subject, 'for-all-values', (operator) => `${operator} is true when sub is absent`),
};
