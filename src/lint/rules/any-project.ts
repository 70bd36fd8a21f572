import type { Rule } from '../rule.ts';
import { sightSubjects } from '../sight.ts';

export const anyProject: Rule = {
  id: 'OIDC002',
  name: 'any-project',
  severity: 'error',
  harm: 'lets-in',
  summary: 'The subject matches any project of the instance',
  why: 'In StringLike `*` crosses `/` and `:`, so a pattern that does not begin with the name of a group reaches all projects of the instance. AWS checks only that a `sub` is there, not how far it reaches.',
  example:
    '`project_path:*/deploy:ref_type:branch:ref:main` lets in `evil/deploy`, a project that anybody can create.',
  fix: 'Begin the subject with the group and its slash: project_path:<group>/<project>:…',
  check: (subject) =>
    sightSubjects(
      subject,
      ({ reach }) => reach === 'any-project',
      (text) => `"${text}" matches any project of the instance`,
    ),
};
