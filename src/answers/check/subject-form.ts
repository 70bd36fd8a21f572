import { shown } from '../../text/flaw.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../../gitlab/subject.ts';
import type { Answers, Group, Project, Role } from '../schema.ts';
import { type At, ifGiven } from '../../text/collect.ts';
import { checkComponents } from './gitlab.ts';

/** Every project and group has what its form of subject needs, and every answer has a place in it. */
export function checkSources(role: Role, answers: Answers, gitlabCom: boolean, at: At): void {
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
          what: 'its ID is missing, and the subject holds project_id',
          fix: "Give the numeric id from the project's page",
          flagFix: `Give the numeric id from the project's page: ${source.path}=ID`,
        });
      }
    }
    const flagFix = (key: SubComponent) =>
      `Give ${[...components, key].map((one) => `--sub-component ${one}`).join(' ')} (GitLab 18.7 or newer), or leave it out`;
    const report = at('refs.protected_only');
    if (role.refs.protected_only && !gitlabCom && !components.includes('ref_protected')) {
      report({
        what: 'AWS has no condition key for it on this issuer, and the subject does not hold it',
        fix: 'Add ref_protected to sub_components (GitLab 18.7 or newer), or leave it out',
        flagFix: flagFix('ref_protected'),
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
          flagFix: flagFix(key),
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
export function checkSubjectForms({ roles, gitlab }: Answers, at: At): void {
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
