import { componentOf } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const mutablePath: Rule = {
  id: 'OIDC109',
  name: 'mutable-path',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Self-managed GitLab without a `project_id` in the subject',
  why: 'Outside gitlab.com AWS has no key for the id, so a path that changes hands takes the role with it. From GitLab 19.1 on such a project gets no token at all until its subject begins with project_id.',
  example: '`acme/web` is renamed; another project takes the path and is let in.',
  fix: 'Set ci_id_token_sub_claim_components to project_id, ref_type, ref and trust project_id:20:ref_type:branch:ref:main',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ subject: one, staysInGroup }, { isGitlabCom }) =>
        !isGitlabCom && staysInGroup && componentOf(one, 'project_id') === undefined,
      (text) => `"${text}" is a path alone, which another project can hold one day`,
    ),
};
