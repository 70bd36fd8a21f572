import { Expression, type Printable, type PrintableObject } from '../expression.ts';
import { visible } from '../../text/unprintable.ts';
import { terraformLiteral } from './characters.ts';
import { isList, isScalar } from './typescript.ts';

/** What a quoted string holds in another form than the text; most texts have none of it. */
const WRITTEN_OTHERWISE = /["\\]|[$%]\{|[^ -~]/;

/** A quoted string of HCL. @see https://developer.hashicorp.com/terraform/language/expressions/strings */
function hclString(text: string): string {
  if (!WRITTEN_OTHERWISE.test(text)) return `"${text}"`;
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${terraformLiteral(visible(escaped))}"`;
}

/**
 * A value of HCL in the form of `terraform fmt`.
 *
 * @param indent spaces before the line on which the value begins
 */
export function hcl(value: Printable, indent = 0): string {
  if (typeof value === 'string') return hclString(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Expression) return value.hcl;
  const end = `\n${' '.repeat(indent)}`;
  if (!isList(value)) {
    const attributes = hclAttributes(value, indent + 2);
    return attributes === '' ? '{}' : `{${end}  ${attributes}${end}}`;
  }
  if (isOneLine(value)) return `[${value.map((item) => hcl(item)).join('')}]`;
  const items = value.map((item) => `${end}  ${hcl(item, indent + 2)},`);
  return `[${items.join('')}${end}]`;
}

/** Whether {@link hcl} writes it on one line. */
function isOneLine(value: Printable): boolean {
  if (value instanceof Expression) return !value.hcl.includes('\n');
  if (isList(value)) return value.length === 0 || (value.length === 1 && value.every(isScalar));
  return isScalar(value) || Object.keys(value as PrintableObject).length === 0;
}

interface Assignment {
  readonly key: string;
  readonly width: number;
  readonly value: string;
}

/**
 * The inside of a block or an object: assignments below one another, the `=` of neighbors on one line each aligned,
 * as `terraform fmt` does. What is undefined is left out.
 *
 * @param indent spaces before each line; those before the first are there already
 */
export function hclAttributes(attributes: PrintableObject, indent = 0): string {
  const lines: string[] = [];
  let neighbors: Assignment[] = [];
  const align = () => {
    let widest = 0;
    for (const { width } of neighbors) widest = Math.max(widest, width);
    for (const { key, width, value } of neighbors)
      lines.push(`${key}${' '.repeat(widest - width)} = ${value}`);
    neighbors = [];
  };
  for (const name of Object.keys(attributes)) {
    const item = attributes[name];
    if (item === undefined) continue;
    const key = isBareKey(name) ? name : hclString(name);
    const value = hcl(item, indent);
    if (isOneLine(item)) neighbors.push({ key, width: columns(key), value });
    else {
      align();
      lines.push(`${key} = ${value}`);
    }
  }
  align();
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** A bare `for` would begin a `for` expression. */
function isBareKey(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name !== 'for';
}

/** Made when it is first needed: it takes a tenth of a whole run to make, and few names have other letters. */
let graphemes: Intl.Segmenter | undefined;

/** `terraform fmt` counts what a reader takes for one character, such as a Thai consonant with its vowel. */
function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter();
  return [...graphemes.segment(text)].length;
}
