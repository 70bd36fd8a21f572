import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { widthOf } from '../width.ts';

export const topGroupWildcard: Rule = {
  id: 'OIDC003',
  name: 'top-group-wildcard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A wildcard in the name of the top-level group',
  why: 'Anyone can register a top-level group. Anyone who registers a name that the wildcard matches may assume the role.',
  example: '`project_path:acme-*/web:ref_type:branch:ref:main` admits `acme-evil/web`.',
  fix: 'Write the name of the top-level group in full, with one subject per group',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) => widthOf(grant) === 'top-group-wildcard',
      (text) => `${text} has a wildcard in the name of the top-level group`,
    ),
};
