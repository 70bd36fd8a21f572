import { yamlInBrackets, yamlLines } from '../yaml/yaml-of.ts';
import type { YamlMap } from '../yaml/source.ts';
import { insertLines, lineStart, splice } from './lines.ts';
import { pairOf } from './nodes.ts';

/** After which answer one belongs, where not at the end. */
const AFTER: Readonly<Record<string, string>> = { projects: 'name', tags: 'branches' };

/** Writes one more answer into a mapping, in the mapping's own style. */
export function setAnswer(text: string, map: YamlMap, key: string, value: unknown): string {
  const after = pairOf(map, AFTER[key] ?? '') ?? map.pairs.at(-1);
  if (map.isFlow) {
    const flow = `${key}: ${yamlInBrackets(value)}`;
    const at = after?.end ?? map.start + 1;
    return splice(text, at, at, after ? `, ${flow}` : ` ${flow} `);
  }
  const lines = yamlLines({ [key]: value }, map.start - lineStart(text, map.start));
  return insertLines(text, after?.end ?? map.start, lines);
}
