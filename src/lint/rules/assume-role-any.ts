import { wholeText, nameOf, onEvery, sightAttached } from '../attached/sighted.ts';
import type { RoleRule } from '../rule.ts';

export const assumeRoleAny: RoleRule = {
  id: 'OIDC113',
  name: 'assume-role-any',
  severity: 'warning',
  harm: 'weakens',
  summary: 'sts:AssumeRole on every role',
  why: 'The job may also assume every role, in any account, that trusts this account or this role.',
  example:
    "The trust policy of an administrator role names the account's root, so a job can assume that role.",
  fix: 'In Resource, name the roles that the pipeline has to assume',
  isAboutRole: true,
  check: (subject) =>
    sightAttached(subject, (attached) => {
      if (wholeText(attached) !== undefined) return undefined;
      const { policy, opens } = attached;
      const found = opens.filter(onEvery).find(({ path }) => path.kind === 'assumes');
      return found && `${nameOf(policy)} allows sts:AssumeRole on every role${found.doubt}`;
    }),
};
