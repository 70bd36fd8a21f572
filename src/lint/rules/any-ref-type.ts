import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const anyRefType: Rule = {
  id: 'OIDC104',
  name: 'any-ref-type',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Branch and tag of one name',
  why: 'Git keeps branches and tags apart: where the branch `main` is protected, a tag `main` is free to create.',
  example: '`project_path:acme/web:ref_type:*:ref:main` lets in a tag named `main`.',
  fix: 'Write ref_type:branch',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ refs, staysInGroup }) => refs.types.length === 2 && !refs.open && staysInGroup,
      (text) => `"${text}" lets in a tag of that name as well`,
    ),
};
