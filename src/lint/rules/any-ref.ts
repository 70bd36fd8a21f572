import { isPattern, type Ref } from '../../gitlab/ref.ts';
import { componentOf, readSubject } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { isShort } from '../short-subject.ts';
import { sightGrants } from '../sight.ts';
import { isLimitedTo, isProtected, widthOf } from '../width.ts';

export const anyRef: Rule = {
  id: 'OIDC103',
  name: 'any-ref',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A pattern of branches without `ref_protected`',
  why: 'Anyone who can push a branch may assume the role, before any review. A merge request pipeline can too, because its ref is the source branch.',
  example:
    '`project_path:acme/web:ref_type:branch:ref:release*` admits `release-my-experiment`, pushed by any developer.',
  fix: 'Name the branch. Or add "gitlab.com:ref_protected": "true" (elsewhere ref_protected in the subject), and protect the pattern in GitLab',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, { text = '' }) => {
        const width = widthOf(grant);
        // `acme/*` is one mistake, `acme/*:ref_type:branch:ref:*` are two.
        const isWritten = componentOf(readSubject(text), 'ref') !== undefined;
        const isOwn = width === 'project' || (width === 'group' && isWritten);
        return (
          isOwn &&
          !isShort(grant, text) &&
          !isProtected(grant) &&
          !isLimitedTo(grant.limits, 'ref', 'StringEquals') &&
          grant.refs.some(isOpenBranch)
        );
      },
      (text) => `${text} admits branches that anyone with push access can create`,
    ),
};

function isOpenBranch({ type, name }: Ref): boolean {
  return type === 'branch' && isPattern(name);
}
