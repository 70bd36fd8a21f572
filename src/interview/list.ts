/** Words that a person gives in one line, apart by commas or spaces. */
export function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}
