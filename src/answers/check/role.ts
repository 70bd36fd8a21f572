import { PIPELINE_SOURCES } from '../../gitlab/vocabulary.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import { isGitlabCom } from '../../gitlab/instance-url.ts';
import { checkGroupPath, checkProjectPath } from '../../gitlab/project-path.ts';
import { checkRef } from '../../gitlab/ref.ts';
import { checkPolicyArn } from '../../iam/arn.ts';
import {
  checkDescription,
  checkRoleName,
  checkRolePath,
  checkSessionDuration,
  checkTags,
} from '../../iam/role-fields.ts';
import type { Answers, Role } from '../schema.ts';
import { type At, ifGiven, checkList, itself, within } from '../../text/collect.ts';
import { checkSources } from './subject-form.ts';

/** A role but for its permissions: its own fields, who may assume it, and from where. */
export function checkRole(role: Role, answers: Answers, at: At): void {
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
      fix: 'Name at least one',
    });
  }
  checkList(
    role.projects,
    ({ path }) => path,
    ({ path }) => checkSource(path),
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
      fix: 'Name at least one; * means any',
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

/** The path of a project, in whose place a group may be meant. */
function checkSource(path: string): Flaw | undefined {
  const flaw = checkProjectPath(path);
  const mayBeGroup = /^[\w.-]+$|[*?]/.test(path);
  if (!flaw || !mayBeGroup) return flaw;
  const { what, fix } = flaw;
  const flagFix = `${fix}; a whole group is given as --group`;
  return { what, fix: `${fix}; a whole group goes under groups`, flagFix };
}

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
      what: 'AWS has no such condition key for this issuer, only for gitlab.com, so nobody may assume the role',
      fix: 'Leave it out; what the subject can hold instead goes into sub_components',
      flagFix: 'Leave it out; --sub-component says what the subject holds instead',
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

/** Names that differ only in case or punctuation would collide in IAM, in Terraform addresses or in TypeScript. */
export function checkRoleNames(
  roles: readonly Role[],
  at: At,
  placeOf: (where: string) => string,
): void {
  const seen = new Map<string, number>();
  roles.forEach(({ name }, index) => {
    const folded = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const earlier = seen.get(folded);
    if (earlier !== undefined) {
      at(`roles[${index}].name`)({
        what: `${shown(name)} and ${placeOf(`roles[${earlier}]`)} differ in case or punctuation only, and IAM or Terraform would take them for one`,
        fix: 'Give one of them another name',
      });
    }
    seen.set(folded, index);
  });
}
