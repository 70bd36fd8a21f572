/**
 * Characters that a reader does not see, or takes for others: controls, white space but the plain space, soft hyphens,
 * zero-width and bidirectional ones, and code points that are not characters. They are listed, so that every version of Unicode gives the same, and since
 * Node takes a ms to list a class of Unicode.
 */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\0-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u2000-\u200a\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufffe\uffff]/gu;

/** Nearly every text is plain, and this is the quicker look. */
const PLAIN = /^[ -~]*$/;

/** Whether a text holds a character that {@link visible} writes out. */
export function hasUnprintable(text: string): boolean {
  return !PLAIN.test(text) && text.search(UNPRINTABLE) >= 0;
}

/** A text with such characters as `\u00ad`, which TypeScript, JSON, YAML and HCL read in their strings, and people too. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNPRINTABLE, unicodeEscape);
}

/**
 * The same and, in addition, what a terminal draws as nothing: fillers, variation selectors, the tags beyond U+E0000. A
 * line's end and a tab are what they are.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- they are what is looked for
  /[\0-\u0008\u000b-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu;

/** As {@link PLAIN}, of several lines. */
const PLAIN_LINES = /^[\n\t -~]*$/;

/** Whether a text holds a character that {@link visibleLines} writes out. */
export function hasInvisible(text: string): boolean {
  return !PLAIN_LINES.test(text) && text.search(INVISIBLE) >= 0;
}

/**
 * Lines for a terminal: what it would obey or hide is written out, such as `\u001b`, or `\udb40\udc41` beyond U+FFFF. In
 * JSON those are the same characters.
 */
export function visibleLines(text: string): string {
  return PLAIN_LINES.test(text) ? text : text.replace(INVISIBLE, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
