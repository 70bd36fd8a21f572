import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { readAttached } from './attached/attached.ts';
import type { LintContext } from './lint-context.ts';
import { type Finding, findingsOfRules, type RoleSubject } from './rule.ts';
import { ROLE_RULES } from './rules-about-roles.ts';

/** Holds a role that trusts a GitLab against the rules that are about the role alone. */
export function findingsAboutRole(policy: TrustPolicy, context: LintContext): Finding[] {
  const subject: RoleSubject = { policy, context, attached: readAttached(policy, context) };
  return findingsOfRules(ROLE_RULES, subject, (rule) => rule.check(subject));
}
