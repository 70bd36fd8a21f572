const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** Characters of a text that are looked at in one go; UTF-8 has at most three bytes for each. */
const PIECE = 65_536;

/**
 * How many members the objects of a JSON text have as they are written: strings before a colon. Bytes are looked at
 * several times as fast as the characters of a text.
 *
 * @param text of JSON
 */
export function membersIn(text: string): number {
  const bytes = Buffer.allocUnsafe(3 * PIECE);
  let count = 0;
  let inString = false;
  let isEscaped = false;
  /** Nothing but white space has come since a string. */
  let isAfterString = false;
  for (let from = 0; from < text.length; from += PIECE) {
    const length = bytes.write(text.slice(from, from + PIECE));
    for (let at = 0; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (inString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          inString = false;
          isAfterString = true;
        }
      } else if (byte > 0x20) {
        if (byte === QUOTE) inString = true;
        else if (isAfterString && byte === COLON) count++;
        isAfterString = false;
      }
    }
  }
  return count;
}
