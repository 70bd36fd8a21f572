/**
 * JSON as the text of a `<script type="application/json">`: the signs that HTML would read, and the two line ends that
 * older JavaScript does not take in a string, are written as escapes. The value is the same.
 *
 * @see https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
