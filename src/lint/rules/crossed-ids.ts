import { componentOf } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';

export const crossedIds: Rule = {
  id: 'OIDC106',
  name: 'crossed-ids',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Several projects and several ids in one statement',
  why: 'Values of a key are joined by OR and keys by AND: each path goes with each id, so an id no longer pins its own path.',
  example:
    'Paths `acme/web` and `acme/api` with ids 20 and 21: project 21 is let in under the path of 20 once it is moved there.',
  fix: 'Write one statement for each project, with its path and its id',
  check: ({ statements }) =>
    statements
      .filter((one) => {
        const paths = one.subjects.map(({ subject }) => componentOf(subject, 'project_path'));
        return new Set(paths).size > 1 && new Set(one.pinned('project_id')).size > 1;
      })
      .map(({ statement, pinned }) => ({
        path: `${statement.path}.Condition`,
        message: `each path goes with each of the ids ${pinned('project_id').join(', ')}`,
      })),
};
