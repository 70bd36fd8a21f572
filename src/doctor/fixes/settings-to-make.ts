import { accessOf } from '../../access/access-of.ts';
import type { Who } from '../../access/grant.ts';
import { formOfProject } from '../../blueprint/subject-forms.ts';
import { curlCommand, type Setting } from '../../gitlab/settings/setting.ts';
import { protectionSetting, subjectFormSetting } from '../../gitlab/settings/settings.ts';
import type { Facts } from '../facts/facts.ts';
import { projectOf } from './gitlab-fixes.ts';

/** A setting to make in GitLab, with the API call that makes it. */
export interface ToSet {
  readonly why: string;
  readonly command: string;
}

/**
 * What must be set in GitLab before the project may assume the role, where no token shows it: the form of the subjects
 * and the protection of the refs.
 */
export function settingsToMake(facts: Facts): ToSet[] {
  const { repository, token, claims } = facts;
  if (!repository || token || !claims) return [];
  const project = projectOf(facts);
  const { issuer } = repository.blueprint;
  const form = formOfProject(repository.blueprint, project.path);
  const { grants } = accessOf({ policy: repository.policy });
  const settings: Setting[] = [
    ...(form ? [subjectFormSetting(project, form)] : []),
    ...grants
      .filter(
        ({ who, limits }) =>
          isOf(who, project) && limits.some((limit) => limit.on === 'protected' && limit.is),
      )
      .flatMap(({ refs }) => refs)
      .filter(({ name }) => !name.includes('?'))
      .map(({ type, name }) => protectionSetting(project, type, name)),
  ];
  return settings.map((setting) => ({
    why: setting.why,
    command: curlCommand(issuer.instanceUrl, setting),
  }));
}

function isOf({ kind, path, ids }: Who, project: ReturnType<typeof projectOf>): boolean {
  if (path === undefined) return ids.includes(String(project.id));
  return path === project.path || (kind === 'group' && project.path.startsWith(`${path}/`));
}
