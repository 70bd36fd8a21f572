import { Expression, type Printable } from '../expression.ts';
import { cdktfLiteral } from './cdktf.ts';
import { quoted } from './characters.ts';

const WIDTH = 80;

/**
 * A value in a CDKTF construct. Strings pass through Terraform's template language after TypeScript's, so they are escaped for both.
 *
 * @param indent spaces before the line on which the value begins
 * @param column where on that line the value begins
 */
export function typescript(value: Printable, indent = 0, column = indent): string {
  if (value instanceof Expression) return value.ts;
  if (typeof value === 'string') return literal(cdktfLiteral(value));
  if (value === null || typeof value !== 'object') return String(value);
  const inner = ' '.repeat(indent + 2);
  const outer = ' '.repeat(indent);
  if (isList(value)) {
    if (value.every(isScalar)) {
      const line = `[${value.map((item) => typescript(item)).join(', ')}]`;
      if (column + line.length + 1 <= WIDTH) return line;
    }
    return `[\n${value.map((item) => `${inner}${typescript(item, indent + 2)},\n`).join('')}${outer}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, item]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(cdktfLiteral(name));
    const text = typescript(item, indent + 2, indent + 2 + key.length + 2);
    const fits = indent + 2 + key.length + 2 + text.length + 1 <= WIDTH;
    return typeof item === 'string' && !fits
      ? `${inner}${key}:\n${inner}  ${text},\n`
      : `${inner}${key}: ${text},\n`;
  });
  return `{\n${lines.join('')}${outer}}`;
}

/** A string literal in the quotes that need fewer escapes. */
function literal(text: string): string {
  const double = quoted(text);
  if (!text.includes('"')) return double;
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  const inner = double.slice(1, -1).replace(/\\.|'/g, (part) => {
    if (part === '\\"') return '"';
    return part === "'" ? "\\'" : part;
  });
  return `'${inner}'`;
}

export function isList(value: Printable): value is readonly Printable[] {
  return Array.isArray(value);
}

export function isScalar(value: Printable): boolean {
  return value === null || typeof value !== 'object' || value instanceof Expression;
}
