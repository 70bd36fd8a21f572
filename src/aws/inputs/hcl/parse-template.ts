import type { Cursor } from './cursor.ts';
import type { HclExpression, HclLoop } from './syntax.ts';

/** What a template needs of the expressions inside it. */
export interface Inside {
  readonly expression: (cursor: Cursor, within: boolean) => HclExpression;
  readonly loop: (cursor: Cursor) => HclLoop;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
};

/** A part of a template, and the directive that ends it. */
interface TextPart {
  readonly parts: readonly HclExpression[];
  readonly endedBy: 'end' | 'else' | 'endif' | 'endfor';
}

/**
 * Reads a template: text with `${…}` and `%{…}` in it.
 *
 * @param end the quote that ends it; without one the text's end does, and a backslash is a backslash
 * @throws {SyntaxFault} where it does not end
 */
export function templateOf(cursor: Cursor, end: '"' | undefined, inside: Inside): HclExpression {
  const { parts, endedBy } = partOf(cursor, end, inside);
  if (endedBy !== 'end') cursor.fail('a directive that ends here');
  return joined(parts);
}

function joined(parts: readonly HclExpression[]): HclExpression {
  const [only] = parts;
  if (only === undefined) return { kind: 'literal', value: '' };
  return parts.length === 1 && only.kind === 'literal' ? only : { kind: 'template', parts };
}

function partOf(cursor: Cursor, end: '"' | undefined, inside: Inside): TextPart {
  const parts: HclExpression[] = [];
  let text = '';
  const flush = (isTrimmed: boolean) => {
    const kept = isTrimmed ? text.trimEnd() : text;
    if (kept !== '') parts.push({ kind: 'literal', value: kept });
    text = '';
  };
  while (end === undefined ? !cursor.done : !cursor.take(end)) {
    if (cursor.done || (end && cursor.startsWith('\n'))) cursor.fail('the end of a string');
    if (cursor.startsWith('$${') || cursor.startsWith('%%{')) {
      text += cursor.text.slice(cursor.at + 1, cursor.at + 3);
      cursor.at += 3;
    } else if (cursor.take('${')) {
      flush(cursor.take('~'));
      parts.push(cursor.inside(() => inside.expression(skipped(cursor), true)));
      close(cursor);
    } else if (cursor.take('%{')) {
      flush(cursor.take('~'));
      const found = cursor.inside(() => directive(skipped(cursor), end, inside));
      if (typeof found === 'string') return { parts, endedBy: found };
      parts.push(found);
    } else if (end && cursor.take('\\')) text += escaped(cursor);
    else {
      text += cursor.text.charAt(cursor.at);
      cursor.at += 1;
    }
  }
  flush(false);
  return { parts, endedBy: 'end' };
}

function skipped(cursor: Cursor): Cursor {
  cursor.skip(true);
  return cursor;
}

/** The end of `${…}` or `%{…}`; a `~` there removes the white space behind it. */
function close(cursor: Cursor): void {
  cursor.skip(true);
  const isTrimmed = cursor.take('~');
  cursor.expect('}');
  if (isTrimmed) cursor.match(/\s*/y);
}

function directive(
  cursor: Cursor,
  end: '"' | undefined,
  inside: Inside,
): HclExpression | 'else' | 'endif' | 'endfor' {
  const word = cursor.match(/[a-z]+/y);
  if (word === 'else' || word === 'endif' || word === 'endfor') {
    close(cursor);
    return word;
  }
  if (word === 'if') {
    const condition = inside.expression(skipped(cursor), true);
    close(cursor);
    const yes = partOf(cursor, end, inside);
    const no = yes.endedBy === 'else' ? partOf(cursor, end, inside) : undefined;
    if ((no ?? yes).endedBy !== 'endif') cursor.fail('%{endif}');
    return { kind: 'conditional', condition, yes: textOf(yes), no: textOf(no) };
  }
  if (word !== 'for') cursor.fail('if or for');
  const loop = inside.loop(skipped(cursor));
  close(cursor);
  const body = partOf(cursor, end, inside);
  if (body.endedBy !== 'endfor') cursor.fail('%{endfor}');
  return { kind: 'repeated', loop, body: textOf(body) };
}

/** Text even where it is one `${…}`. */
function textOf(part: TextPart | undefined): HclExpression {
  return { kind: 'template', parts: [{ kind: 'literal', value: '' }, ...(part?.parts ?? [])] };
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
