import { nameOf, onEvery, sightAttached, underCondition } from '../attached-escalations.ts';
import type { Rule } from '../rule.ts';

export const passRoleAny: Rule = {
  id: 'OIDC112',
  name: 'pass-role-any',
  severity: 'warning',
  harm: 'weakens',
  summary: 'iam:PassRole on every role',
  why: 'A service that is given a role acts with its permissions, so a job reaches as far as the most powerful role that a service can take.',
  example:
    'A job hands the administrator role of another team to a service, and has the service do what the job itself may not.',
  fix: 'Name in Resource the roles that the pipeline hands over, and in iam:PassedToService the services',
  check: (subject) =>
    sightAttached(subject, ({ policy, escalations }) => {
      const wide = escalations.filter(onEvery);
      // With a service that runs code it is the worse finding of code-as-role.
      if (wide.some(({ path }) => path.kind === 'runs' && path.needs.length > 1)) return undefined;
      const passes = wide.find(({ path }) => path.kind === 'passes');
      return (
        passes && `${nameOf(policy)} allows iam:PassRole on every role${underCondition(passes)}`
      );
    }),
};
