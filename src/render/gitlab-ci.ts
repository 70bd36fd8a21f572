import assumeRoleYml from '../../templates/gitlab-ci/ci/assume-role.gitlab-ci.yml.hbs';
import pipelineYml from '../../templates/gitlab-ci/gitlab-ci.yml.hbs';
import { arnOfRole } from '../blueprint/arn-of-role.ts';
import type { Blueprint, RoleBlueprint, Stack } from '../blueprint/blueprint.ts';
import { accountVariable, accountVariables, regionJob, signInJob } from '../blueprint/jobs.ts';
import { accountPipeline } from './accounts/account-pipeline.ts';
import { ciLiteral } from './escape/gitlab-ci.ts';
import { reportJobs } from './access-reports.ts';
import type { Files } from './files.ts';
import { generatorJob, lintsPlan } from './generator-job.ts';
import { planAccess } from './plan-access.ts';
import { programCall } from './program-call.ts';

/** The CI file for application projects, and this repository's own pipeline. */
export function renderGitlabCi(blueprint: Blueprint): Files {
  const { bootstrap, cdk, ci, issuer, shared, stacks } = blueprint;
  const [{ aws }] = stacks;
  const webIdentity = ci.credentials === 'web-identity';
  const remoteState = stacks.some(({ state }) => state.backend !== 'local');
  const accounts = shared && remoteState ? accountPipeline(blueprint) : undefined;
  return new Map([
    ['ci/assume-role.gitlab-ci.yml', jobsFile(blueprint)],
    ...(accounts?.files ?? []),
    [
      '.gitlab-ci.yml',
      pipelineYml({
        region: aws.region,
        webIdentity,
        signIn: signInJob(blueprint),
        generator: generatorJob(blueprint),
        reports: reportJobs(blueprint),
        signsIn: (remoteState && !accounts?.children) || ci.audit.length > 0,
        bootstrapped: shared !== undefined && bootstrap !== undefined,
        planRule: accounts?.planRule,
        cdk,
        remoteState,
        single: remoteState && !shared,
        accounts: shared !== undefined,
        jobs: accounts?.jobs,
        children: accounts?.children,
        stages: accounts?.stages ?? (remoteState ? stagesOf(blueprint) : []),
        http: stacks.some(({ state }) => state.backend === 'gitlab'),
        planAccess: planAccess(blueprint),
        lintPlan: lintsPlan(blueprint),
        issuer: issuer.url,
      }),
    ],
  ]);
}

function stagesOf(blueprint: Blueprint): string[] {
  return ['plan', ...(lintsPlan(blueprint) ? ['lint'] : []), 'apply'];
}

/** What the jobs of other projects extend. */
function jobsFile(blueprint: Blueprint): string {
  const { ci, issuer, repository, shared, stacks } = blueprint;
  const regions = [...new Set(stacks.map(({ aws }) => aws.region))].sort();
  const signIn = signInJob(blueprint);
  const first = stacks.flatMap(({ roles }) => roles)[0];
  const open = accountVariables(stacks);
  return assumeRoleYml({
    webIdentity: ci.credentials === 'web-identity',
    repository,
    signIn,
    accountVariables: open.length > 0 && open,
    idToken: ci.credentials !== 'legacy-jwt',
    audience: issuer.audience,
    programCall: programCall(ci),
    exampleJob: first?.job,
    exampleEnvironment: first && exampleEnvironment(first),
    regions:
      shared !== undefined &&
      regions.map((region) => ({ job: regionJob(blueprint, region), region })),
    roles: stacks.flatMap((stack) =>
      stack.roles.map((role) => ({
        job: role.job,
        extends: shared ? regionJob(blueprint, stack.aws.region) : signIn,
        region: !shared && stack.aws.region,
        arn: arnIn(stack, role),
        duration: ci.credentials !== 'web-identity' && String(role.sessionDuration),
      })),
    ),
  });
}

/** An environment that lets an example job assume a role that requires one. */
export function exampleEnvironment({ environment }: RoleBlueprint) {
  return environment && { name: environment.tier ?? 'production', tier: environment.tier };
}

function arnIn(stack: Stack, role: RoleBlueprint): string {
  const { accountId } = stack.aws;
  if (accountId !== undefined) return ciLiteral(arnOfRole(stack, role, accountId));
  const [before = '', after = ''] = ciLiteral(arnOfRole(stack, role, '\0')).split('\0');
  return `${before}\${${accountVariable(stack)}}${after}`;
}
