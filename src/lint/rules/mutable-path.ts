import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isByPathOnly } from '../width.ts';

export const mutablePath: Rule = {
  id: 'OIDC109',
  name: 'mutable-path',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Self-managed GitLab without a `project_id` in the subject',
  why: 'Outside gitlab.com, AWS has no key for the ID. Anyone who takes over the path can assume the role. From GitLab 19.1, such a project gets no token until its subject begins with project_id.',
  example: '`acme/web` is renamed; another project takes the path and may assume the role.',
  fix: 'Set ci_id_token_sub_claim_components to project_id, ref_type, ref, and trust project_id:20:ref_type:branch:ref:main',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, _reach, { isGitlabCom }) => !isGitlabCom && isByPathOnly(grant),
      (text) =>
        `${text} identifies the project by path only; another project could take that path later`,
    ),
};
