import type { LintContext } from '../lint-context.ts';
import { editsOfRole, type Escalation } from '../../iam/escalation/escalation.ts';
import { powerfulPolicy } from '../../iam/escalation/managed-policies.ts';
import type { PathKind } from '../../iam/escalation/paths.ts';
import {
  actionsOf,
  nameOf,
  onEvery,
  sightAttached,
  underCondition,
} from '../attached-escalations.ts';
import type { Attached } from '../attached.ts';
import type { RoleRule } from '../rule.ts';

/** Each of them makes the role, or a user it takes over, whatever it wants. */
const THROUGH_IAM: readonly PathKind[] = ['permissions', 'trust', 'credentials'];

export const powerfulRole: RoleRule = {
  id: 'OIDC108',
  name: 'powerful-role',
  severity: 'warning',
  harm: 'weakens',
  summary: 'AdministratorAccess, or a role that can edit itself',
  why: 'Such a role makes every allowed pipeline an administrator. The pipeline can also change who may assume the role next.',
  example: 'One job on a compromised runner opens the trust policy to everyone, permanently.',
  fix: 'Attach only what the pipeline needs. Manage roles and their trust policies in a pipeline of their own',
  isAboutRole: true,
  check: (subject) => sightAttached(subject, (attached) => flawOf(attached, subject.context)),
};

function flawOf(
  { policy, statements, escalations }: Attached,
  { rolePath = '/', roleName }: LintContext,
): string | undefined {
  const managed = powerfulPolicy(policy.arn ?? '', 'administrator');
  if (managed !== undefined) return `${managed} is attached`;
  const own =
    roleName === undefined ? undefined : editsOfRole(statements, `role${rolePath}${roleName}`)[0];
  if (own !== undefined) return `${nameOf(policy)} allows ${own} on the role itself`;
  const wide = escalations.find(
    (escalation) =>
      THROUGH_IAM.includes(escalation.path.kind) &&
      (onEvery(escalation) || (roleName === undefined && mayBeItself(escalation))),
  );
  if (!wide) return undefined;
  const [grant] = wide.grants;
  const on = grant?.reach === 'every' ? `every ${grant.on}` : 'roles by a pattern';
  return `${nameOf(policy)} allows ${actionsOf(wide)} on ${on}${underCondition(wide)}`;
}

/** Without the role's name any pattern of roles may be it. */
function mayBeItself({ grants }: Escalation): boolean {
  return grants.some(({ on, reach }) => on === 'role' && reach === 'pattern');
}
