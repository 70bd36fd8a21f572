import type { Rule, Sighting } from '../rule.ts';
import { isOpen } from '../width.ts';

export const openIssuer: Rule = {
  id: 'OIDC034',
  name: 'open-issuer',
  severity: 'error',
  harm: 'lets-in',
  summary: 'Every token of a provider is accepted',
  why: 'The role trusts an issuer that is not known to be a GitLab, and no condition limits whose token it is. If the issuer is a GitLab, every project of it may assume the role.',
  example: 'A provider `git.acme.example`, trusted with `aud` alone.',
  fix: 'Add a condition on "<host>:sub" with the exact subject; name the issuer with --issuer to have it checked as a GitLab',
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
