import { quoted } from './characters.ts';

/** A string of a `.gitlab-ci.yml` where GitLab expands variables: `$` is doubled. */
export function ciLiteral(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A string of YAML, 1.1 as GitLab reads it and 1.2: quoted where either would see another type in it. */
export function yaml(text: string): string {
  return /^\.?[A-Za-z/][A-Za-z0-9_./:-]*[A-Za-z0-9_/]$/.test(text) &&
    !/^(yes|no|on|off|true|false|null|\.inf|\.nan|\.?e\d+)$/i.test(text)
    ? text
    : quoted(text);
}
