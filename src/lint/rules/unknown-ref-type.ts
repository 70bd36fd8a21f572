import { componentOf, refReach } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightStated } from '../sight.ts';

export const unknownRefType: Rule = {
  id: 'OIDC014',
  name: 'unknown-ref-type',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A ref_type other than branch or tag',
  why: 'GitLab writes `branch` or `tag`. A merge request pipeline has the type `branch` and the name of its source branch. There is no `mr`.',
  example: '`project_path:acme/web:ref_type:mr:ref:*`: AccessDenied for every job.',
  fix: 'Write ref_type:branch. Merge requests use their source branch, so add ref_protected to exclude them',
  check: (subject) =>
    sightStated(subject, (one) =>
      refReach(one).types.length === 0
        ? `GitLab has no ref_type "${componentOf(one, 'ref_type') ?? ''}"`
        : undefined,
    ),
};
