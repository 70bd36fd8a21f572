import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { readAttached } from './attached.ts';
import type { LintContext } from './lint-context.ts';
import { type Finding, findingsOfRules, type RoleRule, type RoleSubject } from './rule.ts';
import { assumeRoleAny } from './rules/assume-role-any.ts';
import { codeAsRole } from './rules/code-as-role.ts';
import { durationOutOfRange } from './rules/duration-out-of-range.ts';
import { longSession } from './rules/long-session.ts';
import { nameOutOfRange } from './rules/name-out-of-range.ts';
import { passRoleAny } from './rules/pass-role-any.ts';
import { policyTooLong } from './rules/policy-too-long.ts';
import { powerfulRole } from './rules/powerful-role.ts';

/** The rules about the role alone, in the order of all. */
export const ROLE_RULES: readonly RoleRule[] = [
  nameOutOfRange,
  durationOutOfRange,
  policyTooLong,
  powerfulRole,
  longSession,
  passRoleAny,
  assumeRoleAny,
  codeAsRole,
];

/** Holds a role that trusts a GitLab against the rules that are about the role alone. */
export function findingsAboutRole(policy: TrustPolicy, context: LintContext): Finding[] {
  const subject: RoleSubject = { policy, context, attached: readAttached(policy, context) };
  return findingsOfRules(ROLE_RULES, subject, (rule) => rule.check(subject));
}
