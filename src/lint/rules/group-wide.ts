import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { widthOf } from '../width.ts';

export const groupWide: Rule = {
  id: 'OIDC102',
  name: 'group-wide',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A pattern that matches every project of a group',
  why: '`*` also matches slashes, so every project of the group and its subgroups is admitted, including new ones. Anyone who can create a project there may assume the role.',
  example: '`project_path:acme/*:ref_type:branch:ref:main` admits `acme/interns/playground`.',
  fix: 'Name the projects, one exact subject each',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) => widthOf(grant) === 'group',
      (text) => `${text} admits every project that it matches, including future ones`,
    ),
};
