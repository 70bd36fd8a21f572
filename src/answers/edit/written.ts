import { isCollection } from 'yaml';
import { yamlDocument, yamlText } from '../write.ts';

/** A value as lines of block style, each but an empty one behind so many spaces. */
export function blockLines(value: unknown, indent: number): string[] {
  const lines = yamlText(yamlDocument(value)).replace(/\n$/, '').split('\n');
  return lines.map((line) => (line === '' ? line : ' '.repeat(indent) + line));
}

/** A value in one line, as it stands in brackets. */
export function flowText(value: unknown): string {
  const document = yamlDocument([value]);
  if (isCollection(document.contents)) document.contents.flow = true;
  // Not trim(), which takes a no-break space of a name away too.
  return yamlText(document).replace(/^\[ *| *\]\n$/g, '');
}
