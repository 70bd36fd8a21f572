import { componentOf, refReach } from '../../subject.ts';
import { isProtected, reachOf, sightSubjects } from '../reach.ts';
import type { Rule } from '../rule.ts';

export const anyRef: Rule = {
  id: 'OIDC103',
  name: 'any-ref',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A pattern of refs without `ref_protected`',
  why: 'Whoever may push a branch may assume the role: before review, and by a merge request, whose pipeline has its source branch as ref.',
  example:
    '`project_path:acme/web:ref_type:branch:ref:release*` lets in `release-my-experiment`, pushed by any developer.',
  mend: 'Name the branch; or add "gitlab.com:ref_protected": "true" (elsewhere ref_protected in the subject) and protect the pattern in GitLab',
  check: (subject) =>
    sightSubjects(
      subject,
      (guarded, statement) => {
        const { open, types } = refReach(guarded.subject);
        const reach = reachOf(statement, guarded);
        // `acme/*` is one mistake, `acme/*:ref_type:branch:ref:*` are two.
        const written = componentOf(guarded.subject, 'ref') !== undefined;
        const own = reach === 'project' || (reach === 'group' && written);
        return own && open && types.includes('branch') && !isProtected(statement, guarded);
      },
      (text) => `"${text}" lets in branches that anybody with push access can create`,
    ),
};
