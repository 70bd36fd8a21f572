import { componentOf } from '../../iam/subject.ts';
import type { Rule } from '../rule.ts';
import { sightStated } from '../sight.ts';

export const environmentInSubject: Rule = {
  id: 'OIDC015',
  name: 'environment-in-subject',
  severity: 'error',
  harm: 'locks-out',
  summary: '`environment:` in the subject',
  why: 'GitLab never writes the name of the environment into `sub`. A job with `environment:` has the same subject as a job without it. (GitHub differs here, and its examples get copied.)',
  example: '`project_path:acme/web:environment:production`: AccessDenied for every job.',
  fix: 'Name the ref that deploys there. Or add deployment_tier or environment_protected to the subject with ci_id_token_sub_claim_components',
  check: (subject) =>
    sightStated(subject, (one) =>
      componentOf(one, 'environment') === undefined
        ? undefined
        : `"${one.text}" names an environment, which no GitLab subject does`,
    ),
};
