/** Whether every line ends as Windows has it, as in a checkout with `core.autocrlf`. */
export function hasWindowsLines(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}

/** The text as it is generated: lines end with `\n`. */
export function withUnixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The text as such a checkout has it. */
export function withWindowsLines(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
