import { Cursor } from './cursor.ts';
import { templateOf } from './parse-template.ts';
import { type HclExpression, type HclLoop, type HclStep, SyntaxFault } from './syntax.ts';

/** Operators of two values, those that bind least first. */
const LEVELS = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;

/** So many operators of a level may stand in a row. */
const LONGEST = 200;

/**
 * Reads an expression.
 *
 * @param within whether brackets or a template enclose it, where line ends mean nothing
 * @throws {SyntaxFault} where the text is not an expression
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions
 */
export function parseExpression(cursor: Cursor, within: boolean): HclExpression {
  return cursor.inside(() => {
    const condition = binary(cursor, within, 0);
    cursor.skip(within);
    if (!cursor.take('?')) return condition;
    cursor.skip(within);
    const yes = parseExpression(cursor, within);
    cursor.skip(within);
    cursor.expect(':');
    cursor.skip(within);
    return { kind: 'conditional', condition, yes, no: parseExpression(cursor, within) };
  });
}

/** @see templateOf */
export function parseTemplate(cursor: Cursor, end?: '"'): HclExpression {
  return templateOf(cursor, end, { expression: parseExpression, loop });
}

function binary(cursor: Cursor, within: boolean, level: number): HclExpression {
  const operators = LEVELS[level];
  if (operators === undefined) return unary(cursor, within);
  let left = binary(cursor, within, level + 1);
  for (let count = 0; ; count += 1) {
    cursor.skip(within);
    const operator = operators.find((one) => cursor.take(one));
    if (operator === undefined) return left;
    if (count > LONGEST) cursor.fail('fewer operators');
    cursor.skip(within);
    left = { kind: 'binary', operator, left, right: binary(cursor, within, level + 1) };
  }
}

function unary(cursor: Cursor, within: boolean): HclExpression {
  const operator = cursor.take('!') ? '!' : cursor.take('-') ? '-' : undefined;
  if (operator === undefined) return withSteps(cursor, primary(cursor));
  cursor.skip(within);
  return { kind: 'unary', operator, of: cursor.inside(() => unary(cursor, within)) };
}

function withSteps(cursor: Cursor, of: HclExpression): HclExpression {
  if (of.kind === 'literal' && typeof of.value === 'number') return of;
  const steps = stepsOf(cursor);
  if (steps.length === 0) return of;
  return of.kind === 'reference' ? { ...of, steps } : { kind: 'within', of, steps };
}

function stepsOf(cursor: Cursor): HclStep[] {
  const steps: HclStep[] = [];
  for (;;) {
    const name = cursor.match(/\.[A-Za-z_][\w-]*/y)?.slice(1);
    const position = name === undefined ? cursor.match(/\.\d+/y)?.slice(1) : undefined;
    if (name !== undefined) steps.push({ kind: 'attribute', name });
    else if (position !== undefined)
      steps.push({ kind: 'index', key: { kind: 'literal', value: Number(position) } });
    else if (cursor.match(/\.\*|\[\s*\*\s*\]/y) !== undefined)
      steps.push({ kind: 'splat', isFull: cursor.text.charAt(cursor.at - 1) === ']' });
    else if (cursor.take('[')) {
      cursor.skip(true);
      steps.push({ kind: 'index', key: parseExpression(cursor, true) });
      cursor.skip(true);
      cursor.expect(']');
    } else return steps;
  }
}

function primary(cursor: Cursor): HclExpression {
  if (cursor.take('"')) return parseTemplate(cursor, '"');
  if (cursor.startsWith('<<')) return parseHeredoc(cursor);
  if (cursor.take('[')) return list(cursor);
  if (cursor.take('{')) return object(cursor);
  if (cursor.take('(')) {
    cursor.skip(true);
    const found = parseExpression(cursor, true);
    cursor.skip(true);
    cursor.expect(')');
    // What is in brackets is a value, whose steps are its own.
    return { kind: 'within', of: found, steps: [] };
  }
  const number = cursor.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return numeral(number);
  const name = cursor.match(/[A-Za-z_][\w-]*(?:::[A-Za-z_][\w-]*)*/y) ?? cursor.fail('a value');
  if (cursor.take('(')) return call(cursor, name);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (name === 'null') return { kind: 'literal', value: null };
  return { kind: 'reference', name, steps: [] };
}

/** Terraform's numbers are exact; those that are not so here are not evaluated. */
function numeral(text: string): HclExpression {
  const value = Number(text);
  return text.length <= 15 && Number.isFinite(value)
    ? { kind: 'literal', value }
    : { kind: 'other', text };
}

function list(cursor: Cursor): HclExpression {
  cursor.skip(true);
  if (isFor(cursor)) {
    const found = loop(cursor);
    colon(cursor);
    const value = parseExpression(cursor, true);
    const condition = ifOf(cursor);
    cursor.expect(']');
    return { kind: 'for', loop: found, key: undefined, value, condition, isGrouped: false };
  }
  const items: HclExpression[] = [];
  while (!cursor.take(']')) {
    items.push(parseExpression(cursor, true));
    separator(cursor, ']');
  }
  return { kind: 'list', items };
}

function object(cursor: Cursor): HclExpression {
  cursor.skip(true);
  if (isFor(cursor)) {
    const found = loop(cursor);
    colon(cursor);
    const key = parseExpression(cursor, true);
    cursor.skip(true);
    cursor.expect('=>');
    cursor.skip(true);
    const value = parseExpression(cursor, true);
    cursor.skip(true);
    const isGrouped = cursor.take('...');
    const condition = ifOf(cursor);
    cursor.expect('}');
    return { kind: 'for', loop: found, key, value, condition, isGrouped };
  }
  const entries: [HclExpression, HclExpression][] = [];
  while (!cursor.take('}')) {
    entries.push([key(cursor), objectValue(cursor)]);
  }
  return { kind: 'object', entries };
}

function isFor(cursor: Cursor): boolean {
  return cursor.match(/for(?=\s+[A-Za-z_][\w-]*\s*(?:,|\s+in\b))/y) !== undefined;
}

/** `k, v in things`, without what follows. */
function loop(cursor: Cursor): HclLoop {
  const name = () => {
    cursor.skip(true);
    return cursor.match(/[A-Za-z_][\w-]*/y) ?? cursor.fail('a name');
  };
  const first = name();
  cursor.skip(true);
  const second = cursor.take(',') ? name() : undefined;
  cursor.skip(true);
  cursor.expect('in');
  cursor.skip(true);
  const through = parseExpression(cursor, true);
  return {
    key: second === undefined ? undefined : first,
    item: second ?? first,
    in: through,
  };
}

function colon(cursor: Cursor): void {
  cursor.skip(true);
  cursor.expect(':');
  cursor.skip(true);
}

function ifOf(cursor: Cursor): HclExpression | undefined {
  cursor.skip(true);
  if (cursor.match(/if\b/y) === undefined) return undefined;
  cursor.skip(true);
  const condition = parseExpression(cursor, true);
  cursor.skip(true);
  return condition;
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
  // `aws.prod` is a key where a call passes providers.
  const name = cursor.match(/[\w-]+(?:\.[\w-]+)*/y) ?? cursor.fail('a key');
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
  let isExpanded = false;
  while (!cursor.take(')')) {
    args.push(parseExpression(cursor, true));
    cursor.skip(true);
    isExpanded = cursor.take('...');
    if (!isExpanded) separator(cursor, ')');
    else if (!cursor.match(/[\s,]*(?=\))/y) && !cursor.startsWith(')')) cursor.fail('")"');
  }
  return { kind: 'call', name, args, isExpanded };
}

function separator(cursor: Cursor, end: string): void {
  cursor.skip(true);
  if (!cursor.take(',') && !cursor.startsWith(end)) cursor.fail(`"," or "${end}"`);
  cursor.skip(true);
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
  const inside = new Cursor(head.startsWith('<<-') ? unindented(body) : body, cursor);
  try {
    return parseTemplate(inside);
  } catch (error) {
    // Its lines are those of the heredoc alone.
    if (error instanceof SyntaxFault) return cursor.fail(error.expected);
    throw error;
  }
}

function unindented(body: string): string {
  const lines = body.split('\n');
  const indents = lines
    .filter((one) => one.trim() !== '')
    .map((one) => /^\s*/.exec(one)?.[0].length ?? 0);
  const least = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((one) => one.slice(Math.min(least, one.length))).join('\n');
}
