import { isGitlabCom } from '../gitlab/instance-url.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../gitlab/subject.ts';
import { policyArn } from '../iam/arn.ts';
import { componentsOf } from './check/subject-form.ts';
import type { Answers, Bootstrap, Project, Role } from './schema.ts';

/** The names and paths of a bootstrap, with what holds where an answer is left out. */
export interface BootstrapNames {
  readonly rolePath: string;
  readonly managedPath: string;
  readonly planRole: string;
  readonly applyRole: string;
  readonly boundary: string;
}

export function bootstrapNames(bootstrap: Bootstrap): BootstrapNames {
  return {
    rolePath: bootstrap.role_path ?? '/gitlab-bootstrap/',
    managedPath: bootstrap.managed_path ?? '/gitlab/',
    planRole: bootstrap.plan_role ?? 'gitlab-plan',
    applyRole: bootstrap.apply_role ?? 'gitlab-apply',
    boundary: bootstrap.boundary ?? 'gitlab-boundary',
  };
}

/** The ARN of the boundary in one account. */
export function boundaryArn(answers: Answers, bootstrap: Bootstrap, account: string): string {
  const { rolePath, boundary } = bootstrapNames(bootstrap);
  return policyArn(answers.aws.partition ?? 'aws', account, rolePath, boundary);
}

/**
 * The plan role and the apply role as if the answers named them, so that all that follows from a role follows from them.
 *
 * @returns none where there is no bootstrap, or no project to sign in
 */
export function bootstrapRoles(answers: Answers): readonly Role[] {
  const { bootstrap, gitlab } = answers;
  if (bootstrap === undefined || gitlab.repository === undefined) return [];
  const { rolePath, planRole, applyRole } = bootstrapNames(bootstrap);
  const project = repositoryProject(answers, gitlab.repository);
  const { default_branch: branch = 'main', plan_protected_only: planProtected } =
    bootstrap.refs ?? {};
  return [
    {
      name: planRole,
      description: 'Plans the roles of this account in the pipeline of their repository',
      path: rolePath,
      projects: [project],
      refs: { branches: ['*'], ...(planProtected ? { protected_only: true } : {}) },
      permissions: {},
    },
    {
      name: applyRole,
      description: 'Applies the roles of this account in the pipeline of their repository',
      path: rolePath,
      projects: [project],
      refs: {
        branches: [branch],
        ...(canTestProtection(answers, project) ? { protected_only: true } : {}),
      },
      permissions: {},
    },
  ];
}

/** The project that holds the repository, with what the bootstrap or a role of the answers says of it. */
function repositoryProject({ bootstrap, roles }: Answers, path: string): Project {
  const named = roles
    .flatMap(({ projects = [] }) => projects)
    .filter((project) => project.path === path);
  const { id, namespace_id, sub_components } = bootstrap?.repository ?? {};
  const project = {
    id: id ?? named.find((one) => one.id !== undefined)?.id,
    namespace_id,
    sub_components: sub_components ?? named.find((one) => one.sub_components)?.sub_components,
  };
  return {
    path,
    ...(project.id === undefined ? {} : { id: project.id }),
    ...(project.namespace_id === undefined ? {} : { namespace_id: project.namespace_id }),
    ...(project.sub_components === undefined ? {} : { sub_components: project.sub_components }),
  };
}

/** On gitlab.com AWS has a condition key for it; elsewhere the subject must hold it. */
function canTestProtection({ gitlab }: Answers, project: Project): boolean {
  const shared: readonly SubComponent[] = gitlab.sub_components ?? DEFAULT_COMPONENTS;
  return (
    isGitlabCom(gitlab.issuer ?? gitlab.url) ||
    componentsOf(project, shared).includes('ref_protected')
  );
}
