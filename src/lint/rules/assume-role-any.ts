import { nameOf, onEvery, sightAttached, underCondition } from '../attached-escalations.ts';
import type { Rule } from '../rule.ts';

export const assumeRoleAny: Rule = {
  id: 'OIDC113',
  name: 'assume-role-any',
  severity: 'warning',
  harm: 'weakens',
  summary: 'sts:AssumeRole on every role',
  why: 'The job may go on into every role, of any account, that trusts this account or this role.',
  example: 'The trust policy of an administrator role names the account’s root: a job assumes it.',
  fix: 'Name in Resource the roles that the pipeline goes on into',
  check: (subject) =>
    sightAttached(subject, ({ policy, escalations }) => {
      const found = escalations.filter(onEvery).find(({ path }) => path.kind === 'assumes');
      return (
        found && `${nameOf(policy)} allows sts:AssumeRole on every role${underCondition(found)}`
      );
    }),
};
