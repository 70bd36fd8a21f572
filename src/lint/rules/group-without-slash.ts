import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const groupWithoutSlash: Rule = {
  id: 'OIDC004',
  name: 'group-without-slash',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A group followed by `*` without a slash',
  why: '`acme*` is a prefix of names, not a group: it also matches every group whose name begins with acme.',
  example: '`project_path:acme*` lets in `acme-evil/x`, a group that anybody can create.',
  fix: 'Put a slash after the group: project_path:acme/*',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ reach }) => reach === 'top-group-prefix',
      (text) => `"${text}" is a prefix of group names, for want of a slash`,
    ),
};
