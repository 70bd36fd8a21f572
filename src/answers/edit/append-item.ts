import { yamlInBrackets, yamlLines } from '../yaml/yaml-of.ts';
import type { YamlList } from '../yaml/source.ts';
import { insertLines, lineStart, nextLine, splice } from './lines.ts';

/** Writes an item behind the last one of a list, in the list's own style. */
export function appendItem(text: string, list: YamlList, value: unknown): string {
  const last = list.items.at(-1);
  if (list.isFlow) {
    const flow = yamlInBrackets(value);
    const at = last?.end ?? list.start + 1;
    return splice(text, at, at, last ? `, ${flow}` : flow);
  }
  const dash = last?.dash ?? list.start;
  const lines = yamlLines([value], dash - lineStart(text, dash));
  return insertLines(text, list.end, standsApart(text, list, dash) ? ['', ...lines] : lines);
}

/** Whether there is a blank line before the last item. */
function standsApart(text: string, list: YamlList, dash: number): boolean {
  const previous = list.items.at(-2);
  if (previous === undefined) return false;
  const between = text.slice(nextLine(text, previous.end), lineStart(text, dash));
  return between
    .split('\n')
    .slice(0, -1)
    .some((line) => line.trim() === '');
}
