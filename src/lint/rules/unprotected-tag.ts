import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const unprotectedTag: Rule = {
  id: 'OIDC105',
  name: 'unprotected-tag',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Tags without `ref_protected`',
  why: 'GitLab protects no tag unless it is told to: every developer can create one, on any commit.',
  example:
    '`project_path:acme/web:ref_type:tag:ref:v*` lets in `v999`, put on a commit that nobody reviewed.',
  fix: 'Protect the tags in GitLab and add "gitlab.com:ref_protected": "true" (elsewhere ref_protected in the subject)',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ refs, staysInGroup, isProtected }) =>
        staysInGroup && !isProtected && refs.types.join() === 'tag',
      (text) => `"${text}" lets in tags that any developer can create`,
    ),
};
