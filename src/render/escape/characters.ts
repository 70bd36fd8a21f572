/** Characters that a source file should not hold bare: controls, line separators, the byte order mark, lone surrogates. */
// eslint-disable-next-line no-control-regex -- control characters are the point
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|\p{Cs}/gu;

/** A JSON string whose every character is printable; also a string of TypeScript and of YAML. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(UNPRINTABLE, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Text that a Terraform template evaluates to that very text. CDKTF takes `${TfToken[` for a token of its own even
 * behind a `$`, so there the `$` comes out of an interpolation.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function terraformLiteral(text: string): string {
  return text
    .replace(/\$\{(?!TfToken\[)/g, '$$$${')
    .replace(/\$\{(?=TfToken\[)/g, '${"$$"}{')
    .replace(/%\{/g, '%%{');
}
