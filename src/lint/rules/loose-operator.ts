import { sightHarmless } from '../loose-guard.ts';
import type { Rule } from '../rule.ts';

export const looseOperator: Rule = {
  id: 'OIDC116',
  name: 'loose-operator',
  severity: 'warning',
  harm: 'untidy',
  summary: 'IfExists or ForAllValues on a key that is always there',
  why: 'Every GitLab token has `sub` and `aud`, so the operator admits nobody else. It reads as a hole, and becomes one when the key is copied to another policy.',
  example: '`"StringEqualsIfExists": {"gitlab.com:sub": …}` compares as StringEquals does.',
  fix: 'Write the operator without IfExists and ForAllValues',
  check: sightHarmless,
};
