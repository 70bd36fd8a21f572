import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const groupWide: Rule = {
  id: 'OIDC102',
  name: 'group-wide',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A pattern over the projects of a group',
  why: '`*` crosses slashes: all projects of the group and its subgroups come in, new ones as well. Whoever may create a project there may assume the role.',
  example: '`project_path:acme/*:ref_type:branch:ref:main` lets in `acme/interns/playground`.',
  fix: 'Name the projects, one exact subject each',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ reach }) => reach === 'group',
      (text) => `"${text}" lets in every project that it covers, future ones too`,
    ),
};
