import type { Escalation } from '../../iam/escalation/escalation.ts';
import { powerfulPolicy } from '../../iam/escalation/managed-policies.ts';
import {
  actionsOf,
  nameOf,
  onEvery,
  sightAttached,
  underCondition,
} from '../attached-escalations.ts';
import type { RoleRule } from '../rule.ts';

export const codeAsRole: RoleRule = {
  id: 'OIDC114',
  name: 'code-as-role',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Permission to run code as any other role',
  why: 'Code that a job hands to a service runs with the role of that service. That role may be far more powerful than the role of the job.',
  example: 'A job creates a Lambda function with an administrator role and calls it.',
  fix: 'In the Resource of iam:PassRole, name the roles that may be passed. Limit the permission to change code to the functions and instances that the pipeline deploys',
  isAboutRole: true,
  check: (subject) =>
    sightAttached(subject, ({ policy, escalations }) => {
      const managed = powerfulPolicy(policy.arn ?? '', 'runs');
      if (managed !== undefined) return `${managed} is attached`;
      const found = escalations.find((escalation) => passesEvery(escalation));
      return found && `${nameOf(policy)} allows ${actionsOf(found)}${underCondition(found)}`;
    }),
};

function passesEvery(escalation: Escalation): boolean {
  const { kind, needs } = escalation.path;
  return kind === 'runs' && needs.length > 1 && onEvery(escalation);
}
