import { isGitlabCom } from '../../gitlab/instance-url.ts';
import { checkGroupPath } from '../../gitlab/project-path.ts';
import { type At, checkList, itself, within } from '../../text/collect.ts';
import { shown, type Flaw } from '../../text/flaw.ts';
import { bootstrapNames, bootstrapRoles } from '../bootstrap-defaults.ts';
import type { Answers, Group, Organization, Project } from '../schema.ts';
import { checkBootstrapPath, checkRolePattern, overlap } from './role-patterns.ts';

/** The policies of the organization, and that they leave the roles of these answers their jobs. */
export function checkOrganization(answers: Answers, at: At): void {
  const { organization, bootstrap } = answers;
  if (organization === undefined) return;
  const own = within(at, 'organization.');
  checkGroups(organization, isGitlabCom(answers.gitlab.issuer ?? answers.gitlab.url), own);
  checkList(organization.exceptions, itself, checkRolePattern, within(own, 'exceptions'));
  const managed = bootstrap && bootstrapNames(bootstrap).managedPath;
  checkList(
    organization.protected_role_paths,
    itself,
    (path) => checkBootstrapPath(path) ?? notManaged(path, managed),
    within(own, 'protected_role_paths'),
  );
  checkCovered(answers, organization, at);
}

function checkGroups({ groups }: Organization, gitlabCom: boolean, at: At): void {
  checkList(
    groups,
    ({ path }) => path,
    ({ path }) => checkGroupPath(path),
    (where) => at(`groups${where}.path`),
  );
  groups.forEach(({ namespace_id, project_ids }, index) => {
    checkList(
      project_ids?.map(String),
      itself,
      () => undefined,
      within(at, `groups[${index}].project_ids`),
    );
    if (namespace_id === undefined) return;
    if (!gitlabCom) {
      at(`groups[${index}].namespace_id`)({
        what: 'AWS has a condition key for it on gitlab.com only',
        fix: 'Leave it out',
      });
    }
    if (project_ids) {
      at(`groups[${index}].project_ids`)({
        what: 'the namespace_id admits every project of the group, whatever its subject',
        fix: 'Leave project_ids out, or namespace_id',
      });
    }
  });
}

function notManaged(path: string, managed: string | undefined): Flaw | undefined {
  if (managed === undefined || !overlap(path, managed)) return undefined;
  return {
    what: `${shown(path)} overlaps with the path that the pipeline manages, ${shown(managed)}`,
    fix: 'Leave it out: only the pipeline and the exceptions need to change those roles',
  };
}

/** A role whose projects the policy denies would admit nobody. */
function checkCovered(answers: Answers, { groups }: Organization, at: At): void {
  const report = (where: string, path: string) => {
    at(where)({
      what: `the resource control policy denies the jobs of ${shown(path)}`,
      fix: 'Add its group to organization.groups, without namespace_id if it is in a subgroup',
    });
  };
  answers.roles.forEach(({ projects = [], groups: own = [] }, r) => {
    projects.forEach((project, p) => {
      if (!groups.some((group) => coversProject(group, project)))
        report(`roles[${r}].projects[${p}].path`, project.path);
    });
    own.forEach((named, g) => {
      if (!groups.some((group) => coversGroup(group, named)))
        report(`roles[${r}].groups[${g}].path`, named.path);
    });
  });
  for (const project of bootstrapRoles(answers)
    .slice(0, 1)
    .flatMap((role) => role.projects ?? [])) {
    if (!groups.some((group) => coversProject(group, project)))
      report('gitlab.repository', project.path);
  }
}

function coversProject(group: Organization['groups'][number], project: Project): boolean {
  if (group.namespace_id === undefined) return project.path.startsWith(`${group.path}/`);
  return project.namespace_id === undefined
    ? project.path.slice(0, project.path.lastIndexOf('/')) === group.path
    : project.namespace_id === group.namespace_id;
}

function coversGroup(group: Organization['groups'][number], named: Group): boolean {
  if (group.namespace_id === undefined) return `${named.path}/`.startsWith(`${group.path}/`);
  return named.namespace_id === group.namespace_id;
}
