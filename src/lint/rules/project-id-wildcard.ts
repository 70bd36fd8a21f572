import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { widthOf } from '../width.ts';

export const projectIdWildcard: Rule = {
  id: 'OIDC005',
  name: 'project-id-wildcard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A wildcard in an ID',
  why: 'IDs are numbers that GitLab assigns in order. Most IDs that begin with the same digits belong to strangers.',
  example: '`project_id:20*` admits the projects 20, 201, 2047, 20999999 and so on.',
  fix: 'Write the ID in full. In a subject, put a colon after it: project_id:20:*',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) => widthOf(grant) === 'id-prefix',
      (text) => `${text} matches every project whose ID begins that way`,
    ),
};
