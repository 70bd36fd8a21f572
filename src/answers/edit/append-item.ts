import { isNode, type YAMLSeq } from 'yaml';
import { blockLines, flowText } from './written.ts';
import { insertLines, lineStart, nextLine, splice } from './lines.ts';
import { contentEnd, contentStart } from './nodes.ts';
import { dashOf } from './dash.ts';

/** Writes an item behind the last one of a list, in the list's own style. */
export function appendItem(text: string, list: YAMLSeq, value: unknown): string {
  const last = list.items.at(-1);
  if (list.flow) {
    const flow = flowText(value);
    if (isNode(last)) {
      const end = contentEnd(last);
      return splice(text, end, end, `, ${flow}`);
    }
    const start = contentStart(list) + 1;
    return splice(text, start, start, flow);
  }
  const dash = dashOf(list, list.items.length - 1);
  const lines = blockLines([value], dash - lineStart(text, dash));
  return insertLines(
    text,
    contentEnd(last),
    standsApart(text, list, dash) ? ['', ...lines] : lines,
  );
}

/** Whether there is a blank line before the last item. */
function standsApart(text: string, list: YAMLSeq, dash: number): boolean {
  const previous = list.items.at(-2);
  if (previous === undefined) return false;
  const between = text.slice(nextLine(text, contentEnd(previous)), lineStart(text, dash));
  return between
    .split('\n')
    .slice(0, -1)
    .some((line) => line.trim() === '');
}
