import { wholeText, nameOf, onEvery, sightAttached } from '../attached/sighted.ts';
import type { RoleRule } from '../rule.ts';

export const passRoleAny: RoleRule = {
  id: 'OIDC112',
  name: 'pass-role-any',
  severity: 'warning',
  harm: 'weakens',
  summary: 'iam:PassRole on every role',
  why: 'A service acts with the permissions of the role it is given. A job that can pass any role can therefore do what the most powerful of them can.',
  example:
    "A job passes another team's administrator role to a service. The service then does what the job itself is not allowed to do.",
  fix: 'Name the roles that the pipeline passes in Resource, and the services in iam:PassedToService',
  isAboutRole: true,
  check: (subject) =>
    sightAttached(subject, (attached) => {
      if (wholeText(attached) !== undefined) return undefined;
      const { policy, opens } = attached;
      const wide = opens.filter(onEvery);
      // With a service that runs code it is the worse finding of code-as-role.
      if (wide.some(({ path }) => path.kind === 'runs' && path.needs.length > 1)) return undefined;
      const passes = wide.find(({ path }) => path.kind === 'passes');
      return passes && `${nameOf(policy)} allows iam:PassRole on every role${passes.doubt}`;
    }),
};
