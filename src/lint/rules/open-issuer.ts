import type { Rule, Sighting } from '../rule.ts';
import { isOpen } from '../width.ts';

export const openIssuer: Rule = {
  id: 'OIDC034',
  name: 'open-issuer',
  severity: 'error',
  harm: 'lets-in',
  summary: 'Every token of a provider is accepted',
  why: 'The role trusts an issuer that is not known to be GitLab, and no condition limits whose token it is. If the issuer is a GitLab instance, all its projects may assume the role.',
  example: 'A provider `git.acme.example` that is trusted with a condition on `aud` alone.',
  fix: 'Add a condition on "<host>:sub" with the exact subject. To have the issuer checked as a GitLab instance, name it with --issuer',
  check: ({ unknown }) =>
    unknown.flatMap(({ statement, issuers, reaches }) =>
      reaches.flatMap(({ path, subject, grants }): Sighting[] => {
        const open = grants.find((grant) => grant.witness.unread.length === 0 && isOpen(grant));
        if (!open || subject !== 'none') return [];
        const message = `every token of ${issuers.join(' and ')} is accepted`;
        return [{ path: path || statement.path, message, witness: open.witness }];
      }),
    ),
};
