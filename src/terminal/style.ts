import { visibleLines } from '../text/unprintable.ts';

/** SGR parameters that turn a style on and off. @see https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
} as const;

export type Style = keyof typeof STYLES;

/** Stands for the beginning of a color in text that is not printed yet. */
let seal: string | undefined;

/**
 * Text with a style. The text itself may come from anywhere: a style is marked by a number that is drawn at random in
 * each run, so no text from outside can hold one, and {@link printable} alone turns marks into what a terminal obeys.
 */
export function withStyle(style: Style, text: string): string {
  seal ??= process.getBuiltinModule('crypto').randomUUID();
  const [on, off] = STYLES[style];
  return `${seal}${on};${text}${seal}${off};`;
}

/** How many characters of a text are seen. */
export function lengthOf(text: string): number {
  if (seal === undefined || !text.includes(seal)) return text.length;
  const [plain = '', ...styled] = text.split(seal);
  return styled.reduce((sum, part) => sum + part.length - part.indexOf(';') - 1, plain.length);
}

/** What may be printed: every control, bidirectional or invisible character is written out, and our own styles hold. */
export function printable(text: string): string {
  if (seal === undefined) return visibleLines(text);
  const [plain = '', ...styled] = text.split(seal);
  return (
    visibleLines(plain) +
    styled
      .map((part) => {
        const end = part.indexOf(';');
        return `\u001b[${part.slice(0, end)}m${visibleLines(part.slice(end + 1))}`;
      })
      .join('')
  );
}
