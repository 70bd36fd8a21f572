/** Words of one answer, separated by commas, semicolons or white space; quotes around a word are left out. */
export function listOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map(unquoted)
    .filter((item) => item !== '');
}

/** A word without the quotes that it was pasted with. */
export function unquoted(text: string): string {
  return text.trim().replace(/^(["'`])(.*)\1$/s, '$2');
}
