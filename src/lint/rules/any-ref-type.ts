import { isPattern } from '../../gitlab/ref.ts';
import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isOpen } from '../width.ts';

export const anyRefType: Rule = {
  id: 'OIDC104',
  name: 'any-ref-type',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A branch and a tag of one name',
  why: 'Branches and tags are separate in Git. If the branch `main` is protected, developers can still create a tag `main`.',
  example: '`project_path:acme/web:ref_type:*:ref:main` admits a tag named `main`.',
  fix: 'Write ref_type:branch',
  check: (subject) =>
    sightGrants(
      subject,
      (grant) => {
        const { refs } = grant;
        const names = new Set(refs.map(({ name }) => name));
        const isBoth = refs.some(({ type }) => type === 'tag') && refs.length > names.size;
        return !isOpen(grant) && isBoth && !refs.some(({ name }) => isPattern(name));
      },
      (text) => `${text} also admits a tag of that name`,
    ),
};
