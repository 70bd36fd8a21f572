import { isGitlabSubject } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';
import { isOpen } from '../width.ts';

export const subjectUnderAudience: Rule = {
  id: 'OIDC118',
  name: 'subject-under-audience',
  severity: 'warning',
  harm: 'unknown',
  summary: 'A subject as the value of `aud`',
  why: 'A token has the audience that its job requests, and no job requests a subject unless it means to. The other conditions still limit the role, but this one shuts out every job that requests the usual audience. A job could request this text if the provider had it among its client IDs.',
  example:
    '`"gitlab.com:aud": "project_path:acme/web:ref_type:branch:ref:main"` beside the right `sub`: AccessDenied for the job that requests `https://gitlab.com`.',
  fix: 'Write under "<host>:aud" the audience that the jobs request in id_tokens, and the subject under "<host>:sub" alone',
  check: (subject) =>
    sightValues(
      // OIDC001 reports it where no condition limits the project.
      {
        ...subject,
        statements: subject.statements.filter(
          ({ reaches }) =>
            !reaches.some(({ subject: kind, grants }) => kind === 'none' && grants.some(isOpen)),
        ),
      },
      ({ text }, { claim }) =>
        claim === 'aud' && isGitlabSubject(text) && !subject.context.clientIds?.includes(text),
      ({ text }, { key }) => `"${text}" is a subject, but stands under "${key}"`,
    ),
};
