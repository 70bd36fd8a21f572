import type { Rule } from '../rule.ts';
import { isShort } from '../short-subject.ts';
import { sightGrants } from '../sight.ts';

export const shortSubject: Rule = {
  id: 'OIDC115',
  name: 'short-subject',
  severity: 'warning',
  harm: 'weakens',
  summary: 'An exact subject without a ref',
  why: "With GitLab's default subject, no job has such a token. If a project's `ci_id_token_sub_claim_components` omits the ref, its jobs have one on every branch and tag.",
  example:
    "`project_path:acme/web` under StringEquals: AccessDenied for every job, until the project's subject form is project_path.",
  fix: 'Write the whole subject: project_path:<group>/<project>:ref_type:branch:ref:<branch>',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, { text = '' }) => isShort(grant, text),
      (text) =>
        `${text} has no ref: it needs a subject form other than GitLab's default, and then admits every ref`,
    ),
};
