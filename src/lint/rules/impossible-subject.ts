import type { Rule } from '../rule.ts';
import { sightStated } from '../sight.ts';
import { subjectFlaw } from '../subject-flaw.ts';

export const impossibleSubject: Rule = {
  id: 'OIDC022',
  name: 'impossible-subject',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A subject that GitLab never writes',
  why: "A subject consists of GitLab's own components, with the full path of the project and a short ref. Anything else matches no token.",
  example:
    '`project_path:/acme/web:ref_type:branch:ref:refs/heads/main`: AccessDenied for every job.',
  fix: 'Copy the form project_path:<group>/<project>:ref_type:<branch|tag>:ref:<short ref>',
  check: (subject) =>
    sightStated(subject, (one) => {
      const flaw = subjectFlaw(one);
      return flaw === undefined ? undefined : `"${one.text}" ${flaw}`;
    }),
};
