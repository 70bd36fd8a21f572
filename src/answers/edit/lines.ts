/** The beginning of the line that an offset is in. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The beginning of the next line, or the end of the text; where a line begins at the offset, that one. */
export function nextLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Puts whole lines behind the one that an offset is in, ended as the file ends its lines. */
export function insertLines(text: string, offset: number, lines: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const at = nextLine(text, offset);
  const isOpen = at === text.length && !text.endsWith('\n');
  const inserted = isOpen
    ? lines.map((line) => `${end}${line}`)
    : lines.map((line) => `${line}${end}`);
  return splice(text, at, at, inserted.join(''));
}

/** Takes out the lines from one offset to another, and one of two blank lines that would meet there. */
export function removeLines(text: string, from: number, to: number): string {
  const start = lineStart(text, from);
  const end = nextLine(text, to);
  const before = lineStart(text, start - 1);
  if (end === text.length && !text.endsWith('\n'))
    return text.slice(0, start).replace(/\r?\n$/, '');
  const meets =
    isBlank(text, before) && before < start && (end === text.length || isBlank(text, end));
  return splice(text, meets ? before : start, end, '');
}

function isBlank(text: string, start: number): boolean {
  return text.slice(start, nextLine(text, start + 1)).trim() === '';
}

export function splice(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
