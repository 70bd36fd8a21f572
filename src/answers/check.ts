import type { Check, Flaw } from '../flaw.ts';
import { shown } from '../flaw.ts';
import { isGitlabCom, normaliseUrl } from '../gitlab/instance-url.ts';
import { checkGroupPath, checkProjectPath } from '../gitlab/project-path.ts';
import { checkRef } from '../gitlab/ref.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../gitlab/subject.ts';
import {
  checkManagedPolicy,
  checkPolicyArn,
  managedPolicyArn,
  type Partition,
} from '../iam/arn.ts';
import {
  checkBucket,
  checkEcrRepository,
  checkSecretPrefix,
  checkStateKey,
} from '../iam/packs/fields.ts';
import { checkInlinePolicy } from '../iam/inline-policy.ts';
import { QUOTAS } from '../iam/quotas.ts';
import {
  checkAccountId,
  checkAudience,
  checkDescription,
  checkPolicyName,
  checkRegion,
  checkRoleName,
  checkRolePath,
  checkSessionDuration,
  checkTags,
  checkThumbprint,
} from '../iam/role-fields.ts';
import type { Problem } from '../problem.ts';
import type { Answers, Group, Permissions, Project, Role } from './schema.ts';

/** Everything wrong with answers of the right shape; empty when a blueprint can be made of them. */
export function checkAnswers(answers: Answers): Problem[] {
  const problems: Problem[] = [];
  const at = (where: string) => (flaw: Flaw | undefined) => {
    if (flaw) problems.push({ where, ...flaw });
  };
  const partition = answers.aws.partition ?? 'aws';

  checkGitlab(answers, at);
  at('aws.region')(checkRegion(answers.aws.region, partition));
  ifGiven(answers.aws.account_id, checkAccountId, at('aws.account_id'));
  checkProvider(answers, at);
  checkState(answers, at);
  if (answers.ci.credentials === 'legacy-jwt') checkLegacyJwt(answers, at);

  answers.roles.forEach((role, index) => {
    checkRole(role, answers, (key) => at(`roles[${index}].${key}`));
    checkPermissions(role.permissions, partition, answers, (key) =>
      at(`roles[${index}].permissions.${key}`),
    );
  });
  checkRoleNames(answers.roles, at);
  checkSubjectForms(answers, at);
  return problems;
}

type At = (where: string) => (flaw: Flaw | undefined) => void;

function ifGiven<T>(
  value: T | undefined,
  check: Check<T>,
  report: (flaw: Flaw | undefined) => void,
) {
  if (value !== undefined) report(check(value));
}

/** Each value of a list, and that none is there twice. */
function checkList<T>(
  values: readonly T[] | undefined,
  name: (value: T) => string,
  check: Check<T>,
  at: At,
) {
  const seen = new Set<string>();
  (values ?? []).forEach((value, index) => {
    const report = at(`[${index}]`);
    report(check(value));
    if (seen.has(name(value))) {
      report({ what: `${shown(name(value))} is listed twice`, fix: 'Leave one out' });
    }
    seen.add(name(value));
  });
}

const itself = (value: string) => value;

function checkGitlab({ gitlab }: Answers, at: At): void {
  for (const key of ['url', 'issuer'] as const) {
    const address = gitlab[key];
    if (address === undefined) continue;
    const result = normaliseUrl(address);
    if ('flaw' in result) at(`gitlab.${key}`)(result.flaw);
  }
  if (gitlab.issuer !== undefined && gitlab.issuer !== gitlab.url) {
    if (isGitlabCom(gitlab.url) || isGitlabCom(gitlab.issuer)) {
      at('gitlab.issuer')({
        what: 'gitlab.com is its own issuer, for its own tokens only',
        fix: 'Leave gitlab.issuer out, or correct gitlab.url',
      });
    }
  }
  ifGiven(gitlab.audience, checkAudience, at('gitlab.audience'));
  ifGiven(gitlab.sub_components, checkComponents, at('gitlab.sub_components'));
  ifGiven(gitlab.repository, checkProjectPath, at('gitlab.repository'));
}

/**
 * A subject must hold the project and the ref, else AWS could not tell them apart, each once.
 */
function checkComponents(components: readonly SubComponent[]): Flaw | undefined {
  const twice = components.find((component, index) => components.indexOf(component) !== index);
  if (twice !== undefined) return { what: `${shown(twice)} is there twice`, fix: 'Leave one out' };
  if (!components.includes('project_path') && !components.includes('project_id')) {
    return {
      what: 'the subject names no project, so any project of the instance would be let in',
      fix: 'Add project_path or project_id',
    };
  }
  const missing = (['ref_type', 'ref'] as const).find(
    (component) => !components.includes(component),
  );
  if (missing !== undefined) {
    return {
      what: `the subject has no ${missing}, so branches and tags could not be told apart`,
      fix: `Add ${missing}`,
    };
  }
  return undefined;
}

function checkProvider({ provider }: Answers, at: At): void {
  if (provider.thumbprints === undefined) return;
  if (provider.mode === 'existing') {
    at('provider.thumbprints')({
      what: 'the provider exists already, so its thumbprints are not set here',
      fix: 'Leave them out, or let this repository create the provider',
    });
  }
  if (provider.thumbprints.length > QUOTAS.thumbprints) {
    at('provider.thumbprints')({
      what: `there are ${provider.thumbprints.length} thumbprints; AWS takes ${QUOTAS.thumbprints}`,
      fix: 'Keep those of the CAs in use',
    });
  }
  checkList(
    provider.thumbprints,
    (t) => t.toLowerCase(),
    checkThumbprint,
    within(at, 'provider.thumbprints'),
  );
}

function within(at: At, prefix: string): At {
  return (where) => at(`${prefix}${where}`);
}

function checkState({ state, gitlab, aws }: Answers, at: At): void {
  if (state.backend === 's3') {
    at('state.bucket')(checkBucket(state.bucket));
    at('state.key')(checkStateKey(state.key));
    ifGiven(
      state.region,
      (region) => checkRegion(region, aws.partition ?? 'aws'),
      at('state.region'),
    );
  }
  if (state.backend === 'gitlab') {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(state.name)) {
      at('state.name')({
        what: `${shown(state.name)} is not a name for a state in GitLab`,
        fix: 'Use letters, digits, _ and -',
      });
    }
    if (gitlab.repository === undefined) {
      at('gitlab.repository')({
        what: 'it is missing, and GitLab keeps the state in the project that holds this repository',
        fix: 'Give the path of that project (flag --repository)',
      });
    }
  }
}

/** The token of GitLab before 15.7 has one form: what later versions let one choose cannot be asked of it. */
function checkLegacyJwt({ gitlab, roles }: Answers, at: At): void {
  if (gitlab.audience !== undefined && gitlab.audience !== gitlab.url) {
    at('gitlab.audience')({
      what: `CI_JOB_JWT_V2 always carries ${gitlab.url} as audience, not ${shown(gitlab.audience)}`,
      fix: 'Leave gitlab.audience out, or use ci.credentials: web-identity',
    });
  }
  const later = (where: string, version: string) => {
    at(where)({
      what: `it needs GitLab ${version} or newer, which has no CI_JOB_JWT_V2 any more`,
      fix: 'Leave it out, or use ci.credentials: web-identity',
    });
  };
  if (gitlab.issuer !== undefined && gitlab.issuer !== gitlab.url) later('gitlab.issuer', '18.1');
  if (gitlab.sub_components) later('gitlab.sub_components', '17.10');
  roles.forEach(({ projects }, r) => {
    projects?.forEach(({ sub_components }, p) => {
      if (sub_components) later(`roles[${r}].projects[${p}].sub_components`, '17.10');
    });
  });
}

function checkRole(role: Role, answers: Answers, at: At): void {
  const gitlabCom = isGitlabCom(answers.gitlab.issuer ?? answers.gitlab.url);
  const partition = answers.aws.partition ?? 'aws';
  at('name')(checkRoleName(role.name));
  ifGiven(role.description, checkDescription, at('description'));
  ifGiven(role.path, checkRolePath, at('path'));
  ifGiven(role.tags, checkTags, at('tags'));
  ifGiven(role.session_duration, checkSessionDuration, at('session_duration'));
  ifGiven(
    role.permissions_boundary,
    (arn) => checkPolicyArn(partition, arn, answers.aws.account_id),
    at('permissions_boundary'),
  );

  if (!role.projects?.length && !role.groups?.length) {
    at('projects')({
      what: 'no project and no group may assume this role',
      fix: 'Name at least one (flag --project)',
    });
  }
  checkList(
    role.projects,
    ({ path }) => path,
    ({ path }) => checkProjectPath(path),
    (where) => at(`projects${where}.path`),
  );
  checkList(
    role.groups,
    ({ path }) => path,
    ({ path }) => checkGroupPath(path),
    (where) => at(`groups${where}.path`),
  );
  if (!role.refs.branches?.length && !role.refs.tags?.length) {
    at('refs')({
      what: 'no branch and no tag may assume this role',
      fix: 'Name at least one (flags --branch and --tag); * means any',
    });
  }
  for (const [key, type] of [
    ['branches', 'branch'],
    ['tags', 'tag'],
  ] as const) {
    checkList(
      role.refs[key],
      itself,
      (name) => checkRef({ type, name }),
      within(at, `refs.${key}`),
    );
  }
  checkList(role.pipeline_sources, itself, checkPipelineSource, within(at, 'pipeline_sources'));
  if (!gitlabCom) checkKeysOfGitlabCom(role, at);
  checkSources(role, answers, gitlabCom, at);
}

const PIPELINE_SOURCES = [
  'api', 'chat', 'external', 'external_pull_request_event', 'merge_request_event',
  'ondemand_dast_scan', 'ondemand_dast_validation', 'parent_pipeline', 'pipeline', 'push',
  'schedule', 'security_orchestration_policy', 'trigger', 'web', 'webide',
]; // prettier-ignore

function checkPipelineSource(source: string): Flaw | undefined {
  if (PIPELINE_SOURCES.includes(source)) return undefined;
  return {
    what: `${shown(source)} is not a pipeline source of GitLab`,
    fix: `Use one of ${PIPELINE_SOURCES.join(', ')}`,
  };
}

/** AWS knows these keys for gitlab.com alone: elsewhere they are absent from every request, and nobody gets in. */
function checkKeysOfGitlabCom(role: Role, at: At): void {
  const refuse = (where: string) => {
    at(where)({
      what: 'AWS has no such condition key for this issuer, only for gitlab.com: nobody would be let in',
      fix: 'Leave it out; what the subject can hold instead goes into sub_components',
    });
  };
  if (role.pipeline_sources) refuse('pipeline_sources');
  if (role.runner_environment) refuse('runner_environment');
  role.projects?.forEach(({ namespace_id }, i) => {
    if (namespace_id !== undefined) refuse(`projects[${i}].namespace_id`);
  });
  role.groups?.forEach(({ namespace_id }, i) => {
    if (namespace_id !== undefined) refuse(`groups[${i}].namespace_id`);
  });
}

/** Every project and group has what its form of subject needs, and every answer has a place in it. */
function checkSources(role: Role, answers: Answers, gitlabCom: boolean, at: At): void {
  const shared = answers.gitlab.sub_components ?? DEFAULT_COMPONENTS;
  const sources = [
    ...(role.projects ?? []).map((source, i) => ({
      source,
      where: `projects[${i}]`,
      isGroup: false,
    })),
    ...(role.groups ?? []).map((source, i) => ({ source, where: `groups[${i}]`, isGroup: true })),
  ];
  for (const { source, where, isGroup } of sources) {
    const components = componentsOf(source, shared);
    ifGiven(
      'sub_components' in source ? source.sub_components : undefined,
      checkComponents,
      at(`${where}.sub_components`),
    );
    if (components.includes('project_id')) {
      if (isGroup) {
        at(where)({
          what: 'the subject holds project_id, which cannot stand for a whole group',
          fix: 'Name each project, or use a subject without project_id',
        });
      } else if (!('id' in source) || source.id === undefined) {
        at(`${where}.id`)({
          what: 'it is missing, and the subject holds project_id',
          fix: 'Give the numeric id from the project’s page, as --project path=id or id: in the file',
        });
      }
    }
    const report = at('refs.protected_only');
    if (role.refs.protected_only && !gitlabCom && !components.includes('ref_protected')) {
      report({
        what: 'AWS has no condition key for it on this issuer, and the subject does not hold it',
        fix: 'Add ref_protected to sub_components (GitLab 18.7 or newer), or leave protected_only out',
      });
      return;
    }
    for (const key of ['environment_protected', 'deployment_tier'] as const) {
      if (components.includes(key) && role[key] === undefined) {
        at(key)({ what: `it is missing, and the subject holds ${key}`, fix: `Give its value` });
        return;
      }
      if (!components.includes(key) && role[key] !== undefined) {
        at(key)({
          what: `AWS has no condition key for it, and the subject of ${source.path} does not hold it`,
          fix: `Add ${key} to sub_components (GitLab 18.7 or newer), or leave it out`,
        });
        return;
      }
    }
  }
}

/** The form of a project's subject. */
export function componentsOf(
  source: Project | Group,
  shared: readonly SubComponent[],
): readonly SubComponent[] {
  return ('sub_components' in source ? source.sub_components : undefined) ?? shared;
}

/** A project has one form of subject and one id, whichever role names it. */
function checkSubjectForms({ roles, gitlab }: Answers, at: At): void {
  const known = new Map<string, { where: string; project: Project }>();
  const shared = gitlab.sub_components ?? DEFAULT_COMPONENTS;
  roles.forEach((role, r) => {
    role.projects?.forEach((project, p) => {
      const where = `roles[${r}].projects[${p}]`;
      const earlier = known.get(project.path);
      if (!earlier) {
        known.set(project.path, { where, project });
        return;
      }
      if (componentsOf(project, shared).join() !== componentsOf(earlier.project, shared).join()) {
        at(`${where}.sub_components`)({
          what: `${shown(project.path)} has another form of subject in ${earlier.where}`,
          fix: 'A project has one form; give the same in both',
        });
      }
      if (
        project.id !== undefined &&
        earlier.project.id !== undefined &&
        project.id !== earlier.project.id
      ) {
        at(`${where}.id`)({
          what: `${shown(project.path)} has id ${earlier.project.id} in ${earlier.where} and ${project.id} here`,
          fix: 'Give the same id in both',
        });
      }
    });
  });
}

/** Names that differ only in case or punctuation would collide in IAM, in Terraform addresses or in TypeScript. */
function checkRoleNames(roles: readonly Role[], at: At): void {
  const seen = new Map<string, number>();
  roles.forEach(({ name }, index) => {
    const folded = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const earlier = seen.get(folded);
    if (earlier !== undefined) {
      at(`roles[${index}].name`)({
        what: `${shown(name)} and roles[${earlier}] differ in case or punctuation only, and IAM or Terraform would take them for one`,
        fix: 'Give one of them another name',
      });
    }
    seen.set(folded, index);
  });
}

function checkPermissions(
  permissions: Permissions,
  partition: Partition,
  answers: Answers,
  at: At,
): void {
  const { s3, ec2, secrets_manager, ecr_push, terraform_state, managed_policies, inline_policies } =
    permissions;
  for (const access of ['read', 'write'] as const) {
    checkList(s3?.[access], itself, checkBucket, within(at, `s3.${access}`));
    checkList(
      secrets_manager?.[access],
      itself,
      checkSecretPrefix,
      within(at, `secrets_manager.${access}`),
    );
  }
  for (const [key, pack] of Object.entries({ s3, secrets_manager })) {
    if (pack && !pack.read && !pack.write) {
      at(key)({ what: 'it permits nothing', fix: 'Give read, write or both, or leave it out' });
    }
  }
  checkList(
    ecr_push?.repositories,
    itself,
    checkEcrRepository,
    within(at, 'ecr_push.repositories'),
  );
  if (terraform_state) {
    at('terraform_state.bucket')(checkBucket(terraform_state.bucket));
    at('terraform_state.key')(checkStateKey(terraform_state.key));
  }
  if (ec2) {
    if (ec2.access === 'write' && Object.keys(ec2.tags ?? {}).length === 0) {
      at('ec2.tags')({
        what: 'starting and stopping instances needs at least one tag that they carry',
        fix: 'Give tags, or access: read',
      });
    }
    if (ec2.access === 'read' && ec2.tags) {
      at('ec2.tags')({
        what: 'EC2 cannot limit by tag which instances are seen',
        fix: 'Leave tags out, or give access: write',
      });
    }
    ifGiven(ec2.tags, checkTags, at('ec2.tags'));
  }
  checkList(
    managed_policies,
    (name) => managedPolicyArn(partition, name),
    (name) => checkManagedPolicy(partition, name, answers.aws.account_id),
    within(at, 'managed_policies'),
  );
  const limit = answers.aws.quotas?.managed_policies ?? QUOTAS.managedPolicies;
  if (managed_policies && managed_policies.length > limit) {
    at('managed_policies')({
      what: `there are ${managed_policies.length}; a role takes ${limit}`,
      fix: `Use fewer, or set aws.quotas.managed_policies to what AWS has raised it to, at most ${QUOTAS.managedPoliciesMax}`,
    });
  }
  const admin = managed_policies?.find((policy) => /(^|\/)AdministratorAccess$/.test(policy));
  if (admin !== undefined && !permissions.accept_administrator) {
    at('managed_policies')({
      what: `${shown(admin)} lets every job that assumes the role do anything in the account`,
      fix: 'Use a narrower policy, or say yes with accept_administrator: true (flag --accept-administrator)',
    });
  }
  checkList(
    inline_policies,
    ({ name }) => name,
    ({ name }) => checkPolicyName(name),
    (where) => at(`inline_policies${where}.name`),
  );
  inline_policies?.forEach(({ policy }, i) => {
    at(`inline_policies[${i}].policy`)(checkInlinePolicy(policy));
  });
}
