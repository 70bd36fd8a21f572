import { quoted } from './characters.ts';

/** A string of a `.gitlab-ci.yml` where GitLab expands variables: `$` is doubled. */
export function ciLiteral(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** What YAML 1.1 or 1.2 reads as something else than a string. */
const NO_STRING = /^(y|n|yes|no|on|off|true|false|null|~|\.inf|\.nan|\.[\d_e].*|e-?\d+)$/i;

/** A string of YAML. */
export function yaml(text: string): string {
  return /^[A-Za-z_./][A-Za-z0-9_./:-]*[A-Za-z0-9_/]$/.test(text) && !NO_STRING.test(text)
    ? text
    : quoted(text);
}
