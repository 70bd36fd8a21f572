import { isGitlabSubject } from '../../iam/subject.ts';
import type { GitlabStatement } from '../gitlab-statement.ts';
import type { Rule, Sighting } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { isOpen } from '../width.ts';

export const noSubject: Rule = {
  id: 'OIDC001',
  name: 'no-subject',
  severity: 'error',
  harm: 'lets-in',
  summary: "No condition on the token's `sub`",
  why: 'Without a condition on `sub` or on an ID, the role trusts every project of the GitLab instance. On gitlab.com, that is everyone on the internet. AWS now rejects such a policy for gitlab.com, but accepts it for every other host.',
  example:
    'A policy with only `"gitlab.example.com:aud": "https://gitlab.example.com"` admits the pipelines of every project of the instance, including a stranger\'s new project.',
  fix: 'Add StringEquals on "<host>:sub" with the exact subject, such as project_path:acme/web:ref_type:branch:ref:main',
  check: (subject) =>
    subject.statements.flatMap((statement) => {
      const misplaced = subjectUnderAudience(statement);
      return sightGrants(
        { ...subject, statements: [statement] },
        (grant, reach) => reach.subject === 'none' && isOpen(grant),
        () =>
          'no condition limits the project, so every project of the instance may assume the role',
      ).map((sighting) => ({ ...sighting, ...misplaced }));
    }),
};

function subjectUnderAudience({
  onClaims,
}: GitlabStatement): Pick<Sighting, 'path' | 'message' | 'fix'> | undefined {
  const found = onClaims
    .filter(({ claim }) => claim === 'aud')
    .flatMap(({ key, values }) => values.map((value) => ({ key, ...value })))
    .find(({ text }) => isGitlabSubject(text));
  return (
    found && {
      path: found.path,
      message: `"${found.text}" is a subject, but stands under "${found.key}": no condition limits the project, and a job chooses its audience`,
      fix: `Write it under "${found.key.replace(/aud$/i, 'sub')}", and the audience under "${found.key}"`,
    }
  );
}
