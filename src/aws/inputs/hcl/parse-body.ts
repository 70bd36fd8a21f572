import { Cursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { Attribute, Block, Body } from './syntax.ts';

const IDENTIFIER = /[A-Za-z_][\w-]*/y;

/**
 * Reads HCL: every block and attribute, with expressions as far as {@link parseExpression} knows them.
 *
 * @throws {SyntaxFault} where the text is not HCL
 */
export function parseHcl(text: string): Body {
  return bodyUntilEnd(new Cursor(text), undefined, 0);
}

/** Blocks of IAM resources are nested three deep; deeper ones are refused before they exhaust the stack. */
const DEEPEST = 50;

function bodyUntilEnd(cursor: Cursor, end: '}' | undefined, depth: number): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  if (depth > DEEPEST) cursor.fail('fewer nested blocks');
  for (;;) {
    cursor.skip(true);
    if (end === undefined ? cursor.done : cursor.take(end)) return { attributes, blocks };
    const offset = cursor.at;
    const name = cursor.match(IDENTIFIER) ?? cursor.fail('a block or an argument');
    cursor.skip(false);
    if (cursor.startsWith('=') && !cursor.startsWith('==')) {
      cursor.at += 1;
      cursor.skip(true);
      attributes.push({ name, value: parseExpression(cursor, false), offset });
      continue;
    }
    const labels: string[] = [];
    while (!cursor.take('{')) {
      labels.push(cursor.match(IDENTIFIER) ?? quotedLabel(cursor));
      cursor.skip(false);
    }
    blocks.push({ type: name, labels, body: bodyUntilEnd(cursor, '}', depth + 1), offset });
  }
}

function quotedLabel(cursor: Cursor): string {
  const text = cursor.match(/"(?:[^"\\\n]|\\.)*"/y) ?? cursor.fail('a label or "{"');
  return text.slice(1, -1);
}
