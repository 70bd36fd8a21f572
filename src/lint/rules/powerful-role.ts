import type { LintContext } from '../lint-context.ts';
import {
  actionsOf,
  wholeText,
  isThroughIam,
  nameOf,
  onEvery,
  sightAttached,
} from '../attached/sighted.ts';
import type { Attached } from '../attached/attached.ts';
import type { RoleRule } from '../rule.ts';

export const powerfulRole: RoleRule = {
  id: 'OIDC108',
  name: 'powerful-role',
  severity: 'warning',
  harm: 'weakens',
  summary: 'AdministratorAccess, or a role that can edit itself',
  why: 'Such a role makes every allowed pipeline an administrator. The pipeline can also change who may assume the role next. Whatever else such a policy allows is part of this finding.',
  example: 'One job on a compromised runner opens the trust policy to everyone, permanently.',
  fix: 'Attach only what the pipeline needs. Manage roles and their trust policies in a pipeline of their own',
  isAboutRole: true,
  check: (subject) => sightAttached(subject, (attached) => flawOf(attached, subject.context)),
};

function flawOf(attached: Attached, { roleName }: LintContext): string | undefined {
  const whole = wholeText(attached, 'administrator');
  if (whole !== undefined) return whole;
  const { policy, opens, editsItself } = attached;
  const [own] = editsItself;
  if (own) return `${nameOf(policy)} allows ${own.action} on the role itself${own.doubt}`;
  // Without the role's name any pattern of roles may be it.
  const wide = opens.filter(isThroughIam).find((one) => onEvery(one) || roleName === undefined);
  if (!wide) return undefined;
  const on = onEvery(wide) ? `every ${wide.path.needs[0]?.on ?? 'role'}` : 'roles by a pattern';
  return `${nameOf(policy)} allows ${actionsOf(wide)} on ${on}${wide.doubt}`;
}
