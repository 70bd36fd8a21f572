/** Ranges of code points that a reader does not see, or takes for others; the space is none of them. */
const HIDDEN = [
  [0x00, 0x1f], [0x7f, 0xa0], [0xad, 0xad], [0x61c, 0x61c], [0x1680, 0x1680], [0x2000, 0x200f], [0x2028, 0x202f],
  [0x205f, 0x206f], [0x3000, 0x3000], [0xd800, 0xdfff], [0xfeff, 0xfeff], [0xfffe, 0xffff],
] as const; // prettier-ignore

/** What a reader is shown of a text: hidden characters by their number. */
export function shown(text: string): string {
  return Array.from(text)
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isHidden = HIDDEN.some(([from, to]) => from <= code && code <= to);
      return isHidden ? `\\u${code.toString(16).padStart(4, '0')}` : character;
    })
    .join('');
}
