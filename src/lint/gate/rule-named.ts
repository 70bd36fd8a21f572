import { nearest } from '../../text/nearest.ts';
import { shown, type Flaw } from '../../text/flaw.ts';
import type { Rule } from '../rule.ts';
import { RULES } from '../rules.ts';
import { AUDIT_RULE_NAMES } from './audit-rules.ts';

/** What names a rule of `lint` or of `audit`. */
export type NamedRule = Pick<Rule, 'id' | 'name'>;

const NAMED: readonly NamedRule[] = [...RULES, ...AUDIT_RULE_NAMES];

/** A rule by its id or its name, or what is wrong where there is none. */
export function ruleNamed(text: string): { readonly rule: NamedRule } | { readonly flaw: Flaw } {
  const rule = NAMED.find(({ id, name }) => id === text || name === text);
  if (rule) return { rule };
  const near = nearest(
    text,
    NAMED.map(({ name }) => name),
  );
  const fix = 'Use the id or the name of a rule of lint --rules, such as OIDC109';
  return {
    flaw: {
      what: `there is no rule ${shown(text)}`,
      fix: near === undefined ? fix : `Did you mean ${near}?`,
    },
  };
}
