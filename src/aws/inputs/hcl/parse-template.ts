import { Cursor } from './cursor.ts';
import { parseExpression } from './parse-expression.ts';
import type { Expression } from './syntax.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/**
 * Reads a template: text with `${…}` in it.
 *
 * @param end the quote that ends it; without one the text's end does, and a backslash is a backslash
 * @throws {SyntaxFault} where it does not end
 */
export function parseTemplate(cursor: Cursor, end?: '"'): Expression {
  const parts: Expression[] = [];
  let text = '';
  while (end === undefined ? !cursor.done : !cursor.take(end)) {
    if (cursor.done || (end && cursor.startsWith('\n'))) cursor.fail('the end of a string');
    if (cursor.startsWith('$${') || cursor.startsWith('%%{')) {
      text += cursor.text.slice(cursor.at + 1, cursor.at + 3);
      cursor.at += 3;
    } else if (cursor.startsWith('${') || cursor.startsWith('%{')) {
      if (text !== '') parts.push({ kind: 'literal', value: text });
      text = '';
      parts.push(interpolation(cursor));
    } else if (end && cursor.take('\\')) text += escaped(cursor);
    else {
      text += cursor.text.charAt(cursor.at);
      cursor.at += 1;
    }
  }
  if (parts.length === 0) return { kind: 'literal', value: text };
  if (text !== '') parts.push({ kind: 'literal', value: text });
  return { kind: 'template', parts };
}

function interpolation(cursor: Cursor): Expression {
  const isDirective = cursor.startsWith('%{');
  cursor.at += 2;
  cursor.match(/~/y);
  cursor.skip(true);
  const found = parseExpression(cursor, true);
  cursor.skip(true);
  cursor.match(/~/y);
  cursor.expect('}');
  return isDirective ? { kind: 'other', text: 'a template directive' } : found;
}

function escaped(cursor: Cursor): string {
  const code = cursor.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y);
  if (code !== undefined) {
    const point = Number.parseInt(code.slice(1), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : cursor.fail('a character');
  }
  const char = cursor.text.charAt(cursor.at);
  cursor.at += 1;
  return ESCAPES[char] ?? cursor.fail('an escape such as \\n');
}

/** Reads `<<EOT` or `<<-EOT`, whose lines lose what all of them are indented by. */
export function parseHeredoc(cursor: Cursor): Expression {
  const head = cursor.match(/<<-?[A-Za-z_][\w-]*\r?\n/y) ?? cursor.fail('a heredoc');
  const word = head.replace(/^<<-?/, '').trim();
  const ending = new RegExp(`^[^\\S\\n]*${word}[^\\S\\n]*$`, 'm');
  const rest = cursor.text.slice(cursor.at);
  const found = ending.exec(rest) ?? cursor.fail(word);
  const body = rest.slice(0, found.index);
  cursor.at += found.index + found[0].trimEnd().length;
  return parseTemplate(new Cursor(head.startsWith('<<-') ? unindented(body) : body));
}

function unindented(body: string): string {
  const lines = body.split('\n');
  const indents = lines
    .filter((one) => one.trim() !== '')
    .map((one) => /^\s*/.exec(one)?.[0].length ?? 0);
  const least = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((one) => one.slice(Math.min(least, one.length))).join('\n');
}
