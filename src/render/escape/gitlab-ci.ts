import { quoted } from './characters.ts';

/** A string of a `.gitlab-ci.yml` where GitLab expands variables: `$` is doubled. */
export function ciLiteral(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** A string of YAML. */
export function yaml(text: string): string {
  return /^[A-Za-z_./][A-Za-z0-9_./:-]*[A-Za-z0-9_/]$/.test(text) &&
    !/^(y|n|yes|no|on|off|true|false|null|~)$/i.test(text)
    ? text
    : quoted(text);
}
