import { Cursor } from '../hcl/cursor.ts';
import { parseExpression, parseTemplate } from '../hcl/parse-expression.ts';
import { type HclExpression, SyntaxFault } from '../hcl/syntax.ts';
import { isObject } from '../../../text/json-object.ts';

/** Strings are templates; everything else is a literal. */
export function expressionOf(value: unknown): HclExpression {
  if (typeof value === 'string') return read(value, parseTemplate);
  if (Array.isArray(value)) return { kind: 'list', items: value.map(expressionOf) };
  if (isObject(value))
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, one]) => [
        read(key, parseTemplate),
        expressionOf(one),
      ]),
    };
  const isLiteral = typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'literal', value: isLiteral ? value : null };
}

/** A type is written as it would be in HCL. */
export function typeOf(value: unknown): HclExpression {
  return typeof value === 'string'
    ? read(value, (cursor) => parseExpression(cursor, true))
    : expressionOf(value);
}

/** The template that a text of a file is; what is none is not evaluated. */
export function templateIn(text: string): HclExpression {
  return read(text, parseTemplate);
}

function read(text: string, parse: (cursor: Cursor) => HclExpression): HclExpression {
  try {
    return parse(new Cursor(text));
  } catch (error) {
    if (error instanceof SyntaxFault) return { kind: 'other', text };
    throw error;
  }
}
