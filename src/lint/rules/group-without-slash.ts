import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { widthOf } from '../width.ts';

export const groupWithoutSlash: Rule = {
  id: 'OIDC004',
  name: 'group-without-slash',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A group followed by `*` without a slash',
  why: '`acme*` matches the beginning of a name, not a group. It also matches every other group whose name begins with acme.',
  example: '`project_path:acme*` admits `acme-evil/x`, in a group that anyone can create.',
  fix: 'Put a slash after the group: project_path:acme/*',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) => widthOf(grant) === 'top-group-prefix',
      (text) =>
        `${text} has no slash after the group, so it matches every group whose name begins that way`,
    ),
};
