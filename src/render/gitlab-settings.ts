import settingsMd from '../../templates/gitlab/settings.md.hbs';
import settingsSh from '../../templates/gitlab/settings.sh.hbs';
import type { Blueprint, GitlabSettings } from '../blueprint/blueprint.ts';
import type { Ref } from '../gitlab/ref.ts';
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

/** What a line of the page is about. */
interface SettingLine {
  readonly ref?: Ref;
  readonly setting?: Setting;
}

function pageView(blueprint: Blueprint, api: string) {
  const { gitlabSettings } = blueprint;
  const rows = (linesOf: (settings: GitlabSettings) => readonly SettingLine[]) =>
    gitlabSettings.some((settings) => linesOf(settings).length > 0) && {
      // One after the other, since there may be a hundred thousand.
      *[Symbol.iterator]() {
        for (const settings of gitlabSettings) {
          for (const { ref, setting } of linesOf(settings)) {
            yield {
              isGroup: settings.kind === 'group',
              path: settings.path,
              ref,
              place: setting && placeForPeople(settings, setting),
              parameters: setting && settingParameters(setting),
            };
          }
        }
      },
    };
  return {
    api,
    script: hasSettingsScript(blueprint),
    hasGroups: hasGroups(gitlabSettings),
    protections: rows((settings) =>
      settings.protectedRefs
        .filter(({ name }) => isRule(name))
        .map((ref) => ({ ref, setting: protectionSetting(settings, ref.type, ref.name) })),
    ),
    byHand: rows(({ protectedRefs }) =>
      protectedRefs.filter(({ name }) => !isRule(name)).map((ref) => ({ ref })),
    ),
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
  const functionOf = (settings: GitlabSettings) => {
    const calls = callsOf(settings);
    if (calls.length === 0) return undefined;
    const key = JSON.stringify(calls);
    const shared = functions.get(key) ?? { name: `settings_${functions.size + 1}`, calls };
    functions.set(key, shared);
    return shared;
  };
  // Calls follow from these alone, and most projects need the same.
  const known = new Map<string, ReturnType<typeof functionOf>>();
  const named = all.map((settings) => {
    const { components, protectedRefs, forksMatter } = settings;
    const key = JSON.stringify([components, protectedRefs, forksMatter]);
    const shared = known.has(key) ? known.get(key) : functionOf(settings);
    known.set(key, shared);
    return shared;
  });
  return {
    api: api.replace(/\/$/, ''),
    hasGroups: hasGroups(all),
    asksVersion: all.some(({ forksMatter }) => forksMatter),
    functions: [...functions.values()],
    targets: {
      *[Symbol.iterator]() {
        for (const [index, settings] of all.entries()) {
          const shared = named[index];
          if (shared) yield { words: targetWords(settings, shared.name) };
        }
      },
    },
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
