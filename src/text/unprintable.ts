/**
 * Characters that a reader does not see, or takes for others: controls, white space but the plain space, soft hyphens,
 * zero-width and bidirectional ones, what is no character at all. They are listed, so that every version of Unicode gives the same.
 */
const UNPRINTABLE =
  /\p{Cc}|\p{Cs}|(?! )\p{Z}|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]/gu;

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

/** A line to be pasted: only what a terminal would obey is written out, since the rest may be part of a name. */
export function pasteable(line: string): string {
  return line.replace(/\p{Cc}/gu, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
