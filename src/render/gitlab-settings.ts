import settingsMd from '../../templates/gitlab/settings.md.hbs';
import settingsSh from '../../templates/gitlab/settings.sh.hbs';
import type { Blueprint, GitlabSettings } from '../blueprint/blueprint.ts';
import { projectPlace, settingParameters, type Setting } from '../gitlab/settings/setting.ts';
import {
  forkPipelinesSetting,
  protectionSetting,
  subjectFormSetting,
} from '../gitlab/settings/settings.ts';
import { SINCE } from '../gitlab/version.ts';
import type { Files } from './files.ts';

/** Whether the script has anything to set; protection by hand it leaves to people. */
export function hasSettingsScript({ gitlabSettings }: Blueprint): boolean {
  return gitlabSettings.some((settings) => callsOf(settings).length > 0);
}

/** What must be set in GitLab, for people and as a script; no files where that is nothing. */
export function renderGitlabSettings(blueprint: Blueprint): Files {
  const { gitlabSettings, issuer } = blueprint;
  if (gitlabSettings.length === 0) return new Map();
  const api = `${issuer.instanceUrl}/api/v4/`;
  const page: [string, string] = ['gitlab/settings.md', settingsMd(pageView(blueprint, api))];
  if (!hasSettingsScript(blueprint)) return new Map([page]);
  return new Map([page, ['gitlab/settings.sh', settingsSh(scriptView(gitlabSettings, api))]]);
}

function pageView(blueprint: Blueprint, api: string) {
  const { gitlabSettings } = blueprint;
  const rows = <T extends object>(
    make: (settings: GitlabSettings) => readonly (T & { setting?: Setting })[],
  ) => {
    const all = gitlabSettings.flatMap((settings) =>
      make(settings).map(({ setting, ...others }) => ({
        ...others,
        isGroup: settings.kind === 'group',
        path: settings.path,
        place: setting && placeForPeople(settings, setting),
        parameters: setting && settingParameters(setting),
      })),
    );
    return all.length > 0 && all;
  };
  return {
    api,
    script: hasSettingsScript(blueprint),
    hasGroups: hasGroups(gitlabSettings),
    protections: rows((settings) =>
      settings.protectedRefs
        .filter(({ name }) => isRule(name))
        .map((ref) => ({ ...ref, setting: protectionSetting(settings, ref.type, ref.name) })),
    ),
    byHand: rows(({ protectedRefs }) => protectedRefs.filter(({ name }) => !isRule(name))),
    forms: rows((settings) =>
      settings.components ? [{ setting: subjectFormSetting(settings, settings.components) }] : [],
    ),
    forks: rows((settings) =>
      settings.forksMatter ? [{ setting: forkPipelinesSetting(settings) }] : [],
    ),
  };
}

function placeForPeople({ kind }: GitlabSettings, { project, below }: Setting): string {
  return `${kind === 'group' ? 'projects/PROJECT_ID' : projectPlace(project)}${below}`;
}

/** A call of one of the script's functions. */
interface Call {
  /** The function and what it needs to know. */
  readonly words: readonly string[];
  /** What it sends, as `name=value`. */
  readonly parameters: readonly string[];
  /** Whether only a GitLab that gives a fork the path of the parent needs it. */
  readonly againstForks: boolean;
}

function scriptView(all: readonly GitlabSettings[], api: string) {
  const functions = new Map<string, { name: string; calls: readonly Call[] }>();
  const targets = all.flatMap((settings) => {
    const calls = callsOf(settings);
    if (calls.length === 0) return [];
    const key = JSON.stringify(calls);
    const shared = functions.get(key) ?? { name: `settings_${functions.size + 1}`, calls };
    functions.set(key, shared);
    return [{ words: targetWords(settings, shared.name) }];
  });
  return {
    api: api.replace(/\/$/, ''),
    hasGroups: hasGroups(all),
    asksVersion: all.some(({ forksMatter }) => forksMatter),
    functions: [...functions.values()],
    targets,
  };
}

function targetWords({ kind, path, id, except }: GitlabSettings, name: string): readonly string[] {
  return kind === 'project'
    ? ['in_project', projectPlace({ id, path }), path, name]
    : ['in_group', path, encodeURIComponent(path), name, ...except];
}

function callsOf(settings: GitlabSettings): Call[] {
  const { components, protectedRefs, forksMatter } = settings;
  return [
    ...(components
      ? [
          fieldCall(
            `the subject of its ID tokens contains ${components.join(', ')}`,
            JSON.stringify(components),
            `the Maintainer role and GitLab ${SINCE.subComponents.slice(0, 2).join('.')} or newer`,
            subjectFormSetting(settings, components),
          ),
        ]
      : []),
    ...protectedRefs
      .filter(({ name }) => isRule(name))
      .map(({ type, name }) => {
        const setting = protectionSetting(settings, type, name);
        const words = ['protect', type, name, setting.below.slice(1), encodeURIComponent(name)];
        return { words, parameters: settingParameters(setting), againstForks: false };
      }),
    ...(forksMatter
      ? [
          {
            ...fieldCall(
              'merge requests from forks do not run pipelines in it',
              'false',
              'the Maintainer role',
              forkPipelinesSetting(settings),
            ),
            againstForks: true,
          },
        ]
      : []),
  ];
}

/** A call that sets one field of the project to a value, in JSON without blanks; GitLab shows the field only to those who have what it needs. */
function fieldCall(what: string, json: string, needs: string, setting: Setting): Call {
  const [field = ''] = setting.parameters[0] ?? [];
  const words = ['project_field', what, field.replace('[]', ''), json, needs];
  return { words, parameters: settingParameters(setting), againstForks: false };
}

/** GitLab's rules know `*` alone. */
function isRule(name: string): boolean {
  return !name.includes('?');
}

function hasGroups(all: readonly GitlabSettings[]): boolean {
  return all.some(({ kind }) => kind === 'group');
}
