import { componentOf } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const anyRef: Rule = {
  id: 'OIDC103',
  name: 'any-ref',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A pattern of refs without `ref_protected`',
  why: 'Whoever may push a branch may assume the role: before review, and by a merge request, whose pipeline has its source branch as ref.',
  example:
    '`project_path:acme/web:ref_type:branch:ref:release*` lets in `release-my-experiment`, pushed by any developer.',
  fix: 'Name the branch; or add "gitlab.com:ref_protected": "true" (elsewhere ref_protected in the subject) and protect the pattern in GitLab',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ subject: one, reach, refs, isProtected }) => {
        // `acme/*` is one mistake, `acme/*:ref_type:branch:ref:*` are two.
        const written = componentOf(one, 'ref') !== undefined;
        const own = reach === 'project' || (reach === 'group' && written);
        return own && refs.open && refs.types.includes('branch') && !isProtected;
      },
      (text) => `"${text}" lets in branches that anybody with push access can create`,
    ),
};
