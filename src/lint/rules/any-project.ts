import type { Rule } from '../rule.ts';
import { sightGrants } from '../sight.ts';
import { widthOf } from '../width.ts';

export const anyProject: Rule = {
  id: 'OIDC002',
  name: 'any-project',
  severity: 'error',
  harm: 'lets-in',
  summary: 'The subject matches every project of the instance',
  why: 'In StringLike, `*` also matches `/` and `:`. A pattern that does not begin with the name of a group therefore matches every project of the instance. AWS checks only that there is a condition on `sub`, not what it matches.',
  example:
    '`project_path:*/deploy:ref_type:branch:ref:main` admits `evil/deploy`, a project that anyone can create.',
  fix: 'Begin the subject with the group and a slash: project_path:<group>/<project>:…',
  check: (subject) =>
    sightGrants(
      subject,
      (grant, reach) => reach.subject === 'named' && widthOf(grant) === 'any-project',
      (text) => `${text} matches projects in any group of the instance`,
    ),
};
