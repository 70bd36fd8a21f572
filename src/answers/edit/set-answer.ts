import type { YAMLMap } from 'yaml';
import { blockLines, flowText } from './written.ts';
import { insertLines, lineStart, splice } from './lines.ts';
import { contentStart, pairEnd, pairOf } from './nodes.ts';

/** After which answer one belongs, where not at the end. */
const AFTER: Readonly<Record<string, string>> = { projects: 'name', tags: 'branches' };

/** Writes one more answer into a mapping, in the mapping's own style. */
export function setAnswer(text: string, map: YAMLMap, key: string, value: unknown): string {
  const after = pairOf(map, AFTER[key] ?? '') ?? map.items.at(-1);
  if (map.flow) {
    const flow = `${key}: ${flowText(value)}`;
    const start = contentStart(map) + 1;
    const end = after && pairEnd(after);
    return end === undefined
      ? splice(text, start, start, ` ${flow} `)
      : splice(text, end, end, `, ${flow}`);
  }
  const offset = contentStart(map.items[0]?.key);
  const lines = blockLines({ [key]: value }, offset - lineStart(text, offset));
  return insertLines(text, after ? pairEnd(after) : offset, lines);
}
