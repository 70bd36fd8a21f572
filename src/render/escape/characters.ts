/**
 * Characters that a source file should not hold bare: controls, spaces and hyphens that look like others or like
 * nothing, the byte order mark, lone surrogates.
 */
const UNPRINTABLE = /\p{Cc}|\p{Cs}|\u00ad|\ufeff|(?! )\p{Z}/gu;

/** A JSON string whose every character is printable; also a string of TypeScript and of YAML. */
export function quoted(text: string): string {
  return escapeUnprintable(JSON.stringify(text));
}

/** Writes what should not stand bare in a form that TypeScript, JSON, YAML and HCL all read. */
export function escapeUnprintable(text: string): string {
  // Nearly every text is plain, and this is the quicker look.
  return /^[ -~]*$/.test(text) ? text : text.replace(UNPRINTABLE, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Text that a Terraform template evaluates to that very text.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function terraformLiteral(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
