import { hasWildcard } from '../../iam/subject.ts';
import { isGuard } from '../guard.ts';
import type { Rule } from '../rule.ts';
import { sightSubjects, sightValues } from '../sight.ts';

const IDS = new Set(['project_id', 'namespace_id']);

export const projectIdWildcard: Rule = {
  id: 'OIDC005',
  name: 'project-id-wildcard',
  severity: 'error',
  harm: 'lets-in',
  summary: 'A wildcard in an id',
  why: 'Ids are numbers given out in order: all that begin with the same digits belong to strangers.',
  example: '`project_id:20*` lets in the projects 20, 201, 2047, 20999999 and so on.',
  fix: 'Write the id in full; in a subject let a colon follow it: project_id:20:*',
  check: (subject) => [
    ...sightSubjects(
      subject,
      ({ reach }) => reach === 'id-prefix',
      (text) => `"${text}" matches every project whose id begins so`,
    ),
    ...sightValues(
      subject,
      ({ text }, condition, { isGitlabCom }) =>
        isGitlabCom &&
        IDS.has(condition.claim) &&
        condition.operator.base === 'StringLike' &&
        isGuard(condition) &&
        hasWildcard(text),
      ({ text }) => `"${text}" matches every id that begins so`,
    ),
  ],
};
