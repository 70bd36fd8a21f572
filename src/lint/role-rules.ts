import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { readAttached } from './attached/attached.ts';
import type { LintContext } from './lint-context.ts';
import { type Finding, findingsOfRules, isAboutRole, type RoleSubject } from './rule.ts';
import { RULES } from './rules.ts';

const ROLE_RULES = RULES.filter((rule) => isAboutRole(rule));

/** Holds a role that trusts a GitLab against the rules that are about the role alone. */
export function findingsAboutRole(policy: TrustPolicy, context: LintContext): Finding[] {
  const subject: RoleSubject = { policy, context, attached: readAttached(policy, context) };
  return findingsOfRules(ROLE_RULES, subject, (rule) => rule.check(subject));
}
