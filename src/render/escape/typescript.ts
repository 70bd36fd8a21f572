import { Expression, type Printable } from '../expression.ts';
import { cdktfLiteral } from './cdktf.ts';
import { quoted } from './characters.ts';

const WIDTH = 80;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * A value in a CDKTF construct. Strings pass through Terraform's template language after TypeScript's, so they are escaped for both.
 *
 * @param indent spaces before the line on which the value begins
 * @param column where on that line the value begins
 */
export function typescript(value: Printable, indent = 0, column = indent): string {
  if (typeof value === 'string') return literal(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Expression) return value.ts;
  const end = `\n${' '.repeat(indent)}`;
  const begin = `${end}  `;
  if (isList(value)) {
    if (value.every(isScalar)) {
      const line = `[${value.map((item) => typescript(item)).join(', ')}]`;
      if (column + line.length + 1 <= WIDTH) return line;
    }
    return `[${value.map((item) => `${begin}${typescript(item, indent + 2)},`).join('')}${end}]`;
  }
  const entries: string[] = [];
  for (const name of Object.keys(value)) {
    const item = value[name];
    if (item === undefined) continue;
    const key = IDENTIFIER.test(name) ? name : literal(name);
    const text = typescript(item, indent + 2, indent + 2 + key.length + 2);
    const fits = indent + 2 + key.length + 2 + text.length + 1 <= WIDTH;
    const isBelow = typeof item === 'string' && !fits;
    entries.push(isBelow ? `${begin}${key}:${begin}  ${text},` : `${begin}${key}: ${text},`);
  }
  return entries.length === 0 ? '{}' : `{${entries.join('')}${end}}`;
}

/** A string literal in the quotes that need fewer escapes. */
function literal(value: string): string {
  const text = cdktfLiteral(value);
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
