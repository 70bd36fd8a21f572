import assumeRoleYml from '../../templates/gitlab-ci/ci/assume-role.gitlab-ci.yml.hbs';
import pipelineYml from '../../templates/gitlab-ci/gitlab-ci.yml.hbs';
import { arnOfRole } from '../blueprint/arn-of-role.ts';
import type { Blueprint, RoleBlueprint, Stack } from '../blueprint/blueprint.ts';
import { jobName } from '../blueprint/labels.ts';
import { ciLiteral } from './escape/gitlab-ci.ts';
import type { Files } from './files.ts';
import { programCall } from './program-call.ts';

/** Where the account ID is not known, application projects set it as this CI/CD variable. */
const ACCOUNT_VARIABLE = '${AWS_ACCOUNT_ID}';

/** The CI file for application projects, and this repository's own pipeline. */
export function renderGitlabCi(blueprint: Blueprint): Files {
  const { cdk, ci, issuer, repository } = blueprint;
  const [stack] = blueprint.stacks;
  const { aws, roles, state } = stack;
  const [first] = roles;
  const shared = { region: aws.region, webIdentity: ci.credentials === 'web-identity' };
  return new Map([
    [
      'ci/assume-role.gitlab-ci.yml',
      assumeRoleYml({
        ...shared,
        repository,
        accountId: aws.accountId,
        idToken: ci.credentials !== 'legacy-jwt',
        audience: issuer.audience,
        programCall: programCall(ci),
        exampleJob: first && jobName(first),
        exampleEnvironment: first && exampleEnvironment(first),
        roles: roles.map((role) => ({
          job: jobName(role),
          arn: arnIn(stack, role),
          duration: String(role.sessionDuration),
        })),
      }),
    ],
    [
      '.gitlab-ci.yml',
      pipelineYml({
        ...shared,
        generator: ci.generator && { ...ci.generator, isUrl: ci.generator.from === 'url' },
        cdk,
        remoteState: state.backend !== 'local',
        http: state.backend === 'gitlab',
        planAccess: planAccess(blueprint),
        lintPlan: lintsPlan(blueprint),
        issuer: issuer.url,
      }),
    ],
  ]);
}

/**
 * Who may download the plan; `undefined` where the plan must not be an artifact, since GitLab could not limit who reads
 * it. A GitLab that does not know the word refuses the whole file: `developer` came with 16.11, `maintainer` with 18.4.
 *
 * @see https://docs.gitlab.com/ci/yaml/#artifactsaccess
 */
export function planAccess({ ci, issuer }: Blueprint): 'maintainer' | 'developer' | undefined {
  if (ci.credentials === 'legacy-jwt') return undefined;
  return issuer.isGitlabCom ? 'maintainer' : 'developer';
}

/** Whether the pipeline checks the plan that it is about to apply: where it may run this program, and the plan is kept. */
export function lintsPlan(blueprint: Blueprint): boolean {
  const { ci, stacks } = blueprint;
  const isKept = stacks[0].state.backend !== 'local' && planAccess(blueprint) !== undefined;
  return isKept && ci.generator !== undefined;
}

/** An environment that lets an example job assume a role that requires one. */
export function exampleEnvironment({ environment }: RoleBlueprint) {
  return environment && { name: environment.tier ?? 'production', tier: environment.tier };
}

function arnIn(stack: Stack, role: RoleBlueprint): string {
  const { accountId } = stack.aws;
  if (accountId !== undefined) return ciLiteral(arnOfRole(stack, role, accountId));
  const [before = '', after = ''] = ciLiteral(arnOfRole(stack, role, '\0')).split('\0');
  return `${before}${ACCOUNT_VARIABLE}${after}`;
}
