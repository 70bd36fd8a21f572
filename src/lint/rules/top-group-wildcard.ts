import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const topGroupWildcard: Rule = {
  id: 'OIDC003',
  name: 'top-group-wildcard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A wildcard inside the top group’s name',
  why: 'Top groups are first come, first served. Whoever registers a name that the wildcard covers is let in.',
  example: '`project_path:acme-*/web:ref_type:branch:ref:main` lets in `acme-evil/web`.',
  fix: 'Write the top group’s name in full, one subject for each group',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ reach }) => reach === 'top-group-wildcard',
      (text) => `"${text}" has a wildcard in the name of the top group`,
    ),
};
