import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isOpen, isProtected } from '../width.ts';

export const unprotectedTag: Rule = {
  id: 'OIDC105',
  name: 'unprotected-tag',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Tags without `ref_protected`',
  why: 'GitLab does not protect tags by default. Every developer can create one, on any commit.',
  example:
    '`project_path:acme/web:ref_type:tag:ref:v*` admits `v999` on a commit that nobody reviewed.',
  fix: 'Protect the tags in GitLab and add "gitlab.com:ref_protected": "true" (elsewhere ref_protected in the subject)',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) =>
        !isOpen(grant) && !isProtected(grant) && grant.refs.every(({ type }) => type === 'tag'),
      (text) => `${text} admits tags that any developer can create`,
    ),
};
