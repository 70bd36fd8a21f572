import { pastedWord } from '../../text/shell-word.ts';

/** One call of GitLab's API that somebody with the Maintainer role makes; nothing here makes it. */
export interface Setting {
  readonly method: 'PUT' | 'POST';
  /** Below `/api/v4/`. */
  readonly place: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
  /** What it is for, in words. */
  readonly why: string;
}

/** A project by its id where that is known, in a place of the API. */
export function projectPlace({ id, path }: { id: number | undefined; path: string }): string {
  return `projects/${id ?? encodeURIComponent(path)}`;
}

/** The address that the call goes to. */
export function settingUrl(instanceUrl: string, { place }: Setting): string {
  return `${instanceUrl}/api/v4/${place}`;
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
    pastedWord(settingUrl(instanceUrl, setting)),
  ].join(' ');
}
