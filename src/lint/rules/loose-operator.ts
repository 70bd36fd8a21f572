import { sightHarmless } from '../loose-guard.ts';
import type { Rule } from '../rule.ts';

export const looseOperator: Rule = {
  id: 'OIDC116',
  name: 'loose-operator',
  severity: 'warning',
  harm: 'untidy',
  summary: 'IfExists or ForAllValues on a key that is always present',
  why: 'Every GitLab token has `sub` and `aud`, so the operator admits nobody else. It looks like a gap, and becomes one if it is copied to another key.',
  example: '`"StringEqualsIfExists": {"gitlab.com:sub": …}` compares as StringEquals does.',
  fix: 'Write the operator without IfExists and ForAllValues',
  check: sightHarmless,
};
