import reportsYml from '../../templates/gitlab-ci/reports.yml.hbs';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { signInJob } from '../blueprint/jobs.ts';
import { planAccess } from './plan-access.ts';
import { Rendered } from './template/template.ts';

/** The jobs that publish the access map, and audit accounts in scheduled pipelines. */
export function reportJobs(blueprint: Blueprint): Rendered | false {
  const { ci, stacks } = blueprint;
  const { accessMap, audit, credentials } = ci;
  if (!accessMap && audit.length === 0) return false;
  const text = reportsYml({
    accessMap,
    audit: audit.length > 0 && audit,
    access: planAccess(blueprint) ?? 'developer',
    signIn: signInJob(blueprint),
    region: stacks[0].aws.region,
    webIdentity: credentials === 'web-identity',
  });
  return new Rendered(text.trimEnd());
}
