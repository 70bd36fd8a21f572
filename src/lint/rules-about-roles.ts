import { assumeRoleAny } from './rules/assume-role-any.ts';
import { codeAsRole } from './rules/code-as-role.ts';
import { durationOutOfRange } from './rules/duration-out-of-range.ts';
import { longSession } from './rules/long-session.ts';
import { nameOutOfRange } from './rules/name-out-of-range.ts';
import { passRoleAny } from './rules/pass-role-any.ts';
import { policyTooLong } from './rules/policy-too-long.ts';
import { powerfulRole } from './rules/powerful-role.ts';
import type { RoleRule } from './rule.ts';

/** The rules about the role alone. A first run needs these and no other rule, so they are not taken from the list of all. */
export const ROLE_RULES: readonly RoleRule[] = [
  assumeRoleAny,
  codeAsRole,
  durationOutOfRange,
  longSession,
  nameOutOfRange,
  passRoleAny,
  policyTooLong,
  powerfulRole,
];
