import { Cursor } from './cursor.ts';
import type { HclExpression } from './syntax.ts';

const OPERATOR = /[?+\-*/%<>!=&|.[(]/y;

/**
 * Reads an expression. What it does not know, such as an operator or a `for`, is kept as `other` and passed over whole, so
 * that nothing after it is lost.
 *
 * @param within whether brackets or a template enclose it, where line ends mean nothing
 * @throws {SyntaxFault} where the text is not an expression
 */
export function parseExpression(cursor: Cursor, within: boolean): HclExpression {
  const start = cursor.at;
  const known = primary(cursor);
  const afterwards = cursor.at;
  cursor.skip(within);
  OPERATOR.lastIndex = cursor.at;
  if (known && !OPERATOR.test(cursor.text)) {
    cursor.at = afterwards;
    return known;
  }
  cursor.at = start;
  passOver(cursor, within);
  if (cursor.at === start) cursor.fail('an expression');
  return { kind: 'other', text: cursor.text.slice(start, cursor.at).trim() };
}

function primary(cursor: Cursor): HclExpression | undefined {
  if (cursor.startsWith('"')) {
    cursor.at += 1;
    return parseTemplate(cursor, '"');
  }
  if (cursor.startsWith('<<')) return parseHeredoc(cursor);
  if (cursor.startsWith('[')) return list(cursor);
  if (cursor.startsWith('{')) return object(cursor);
  const number = cursor.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const name = cursor.match(/[A-Za-z_][\w-]*/y);
  if (name === undefined) return undefined;
  if (cursor.take('(')) return call(cursor, name);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (name === 'null') return { kind: 'literal', value: null };
  const path = [name];
  for (;;) {
    const step =
      cursor.match(/\.[A-Za-z_][\w-]*/y)?.slice(1) ??
      cursor.match(/\.\d+/y)?.slice(1) ??
      cursor.match(/\[(?:\d+|"[^"$%\\\n]*")\]/y);
    if (step === undefined) return { kind: 'reference', path };
    path.push(step);
  }
}

function list(cursor: Cursor): HclExpression | undefined {
  cursor.expect('[');
  cursor.skip(true);
  if (cursor.match(/for\b/y) !== undefined) return undefined;
  const items: HclExpression[] = [];
  while (!cursor.take(']')) {
    items.push(parseExpression(cursor, true));
    separator(cursor, ']');
  }
  return { kind: 'list', items };
}

function object(cursor: Cursor): HclExpression | undefined {
  cursor.expect('{');
  cursor.skip(true);
  if (cursor.match(/for\b/y) !== undefined) return undefined;
  const entries: [HclExpression, HclExpression][] = [];
  while (!cursor.take('}')) {
    entries.push([key(cursor), objectValue(cursor)]);
  }
  return { kind: 'object', entries };
}

function key(cursor: Cursor): HclExpression {
  if (cursor.take('(')) {
    cursor.skip(true);
    const found = parseExpression(cursor, true);
    cursor.skip(true);
    cursor.expect(')');
    return found;
  }
  if (cursor.take('"')) return parseTemplate(cursor, '"');
  const name = cursor.match(/[\w-]+/y) ?? cursor.fail('a key');
  return { kind: 'literal', value: name };
}

function objectValue(cursor: Cursor): HclExpression {
  cursor.skip(true);
  if (!cursor.take('=')) cursor.expect(':');
  cursor.skip(true);
  const value = parseExpression(cursor, false);
  cursor.skip(false);
  if (
    !cursor.take(',') &&
    !cursor.startsWith('}') &&
    !cursor.startsWith('\n') &&
    !cursor.startsWith('\r')
  )
    cursor.fail('"," or a new line');
  cursor.skip(true);
  return value;
}

function call(cursor: Cursor, name: string): HclExpression {
  cursor.skip(true);
  const args: HclExpression[] = [];
  while (!cursor.take(')')) {
    args.push(parseExpression(cursor, true));
    cursor.skip(true);
    if (cursor.take('...')) args.push({ kind: 'other', text: '...' });
    separator(cursor, ')');
  }
  return { kind: 'call', name, args };
}

function separator(cursor: Cursor, end: string): void {
  cursor.skip(true);
  if (!cursor.take(',') && !cursor.startsWith(end)) cursor.fail(`"," or "${end}"`);
  cursor.skip(true);
}

/** Moves to the end of an expression: its line, or what closes the brackets around it. */
function passOver(cursor: Cursor, within: boolean): void {
  let depth = 0;
  while (!cursor.done) {
    const char = cursor.text.charAt(cursor.at);
    if (depth === 0 && (char === ',' || /[)\]}]/.test(char) || (char === '\n' && !within))) return;
    if (char === '"') {
      cursor.at += 1;
      parseTemplate(cursor, '"');
    } else if (cursor.startsWith('<<')) parseHeredoc(cursor);
    else {
      if (/[([{]/.test(char)) depth += 1;
      if (/[)\]}]/.test(char)) depth -= 1;
      cursor.at += 1;
    }
  }
}

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
export function parseTemplate(cursor: Cursor, end?: '"'): HclExpression {
  const parts: HclExpression[] = [];
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

function interpolation(cursor: Cursor): HclExpression {
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
function parseHeredoc(cursor: Cursor): HclExpression {
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
