import { pastedWord } from '../../text/shell-word.ts';

/** A project, by its id if that is known. */
export interface ProjectNamed {
  readonly id: number | undefined;
  readonly path: string;
}

/** One call of GitLab's API that somebody with the Maintainer role makes; nothing here makes it. */
export interface Setting {
  readonly method: 'PUT' | 'POST';
  readonly project: ProjectNamed;
  /** What of the project it is about, such as `/protected_branches`; empty for the project itself. */
  readonly below: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** What it is for, in words. */
  readonly why: string;
}

/** A project in the API, below `/api/v4/`. */
export function projectPlace({ id, path }: ProjectNamed): string {
  return `projects/${id ?? encodeURIComponent(path)}`;
}

/** `name=value` as curl and glab take it, before any shell. */
export function settingParameters({ parameters }: Setting): string[] {
  return parameters.map(([name, value]) => `${name}=${value}`);
}

/** The call with curl, for a person to paste into a shell; the token is in `GITLAB_TOKEN`. */
export function curlCommand(instanceUrl: string, setting: Setting): string {
  const data = settingParameters(setting).map((text) => `--data-urlencode ${pastedWord(text)}`);
  return [
    `curl --fail --request ${setting.method} --header "PRIVATE-TOKEN: $GITLAB_TOKEN"`,
    ...data,
    pastedWord(`${instanceUrl}/api/v4/${projectPlace(setting.project)}${setting.below}`),
  ].join(' ');
}
