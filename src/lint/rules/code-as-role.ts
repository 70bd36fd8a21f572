import type { Opened } from '../attached/opened.ts';
import {
  actionsOf,
  wholeText,
  nameOf,
  onEvery,
  runsCode,
  sightAttached,
} from '../attached/sighted.ts';
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
    sightAttached(subject, (attached) => {
      if (wholeText(attached) !== undefined) return wholeText(attached, 'runs');
      const { policy, opens } = attached;
      const found = opens.filter(runsCode).find((one) => passes(one) && onEvery(one));
      return found && `${nameOf(policy)} allows ${actionsOf(found)}${found.doubt}`;
    }),
};

function passes({ path }: Opened): boolean {
  return path.needs.length > 1;
}
