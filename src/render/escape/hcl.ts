import { Expression, type Printable } from '../expression.ts';
import { visible } from '../../unprintable.ts';
import { terraformLiteral } from './characters.ts';
import { isList, isScalar } from './typescript.ts';

/** A quoted string of HCL. @see https://developer.hashicorp.com/terraform/language/expressions/strings */
function hclString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${terraformLiteral(visible(escaped))}"`;
}

/**
 * A value of HCL, not aligned; `alignAssignments` does that for a whole file.
 *
 * @param indent spaces before the line on which the value begins
 */
export function hcl(value: Printable, indent = 0): string {
  if (value instanceof Expression) return value.hcl;
  if (typeof value === 'string') return hclString(value);
  if (value === null || typeof value !== 'object') return String(value);
  const inner = ' '.repeat(indent + 2);
  const outer = ' '.repeat(indent);
  if (isList(value)) {
    if (value.length <= 1 && value.every(isScalar))
      return `[${value.map((item) => hcl(item)).join('')}]`;
    return `[\n${value.map((item) => `${inner}${hcl(item, indent + 2)},\n`).join('')}${outer}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([name, item]) => {
    const key = isBareKey(name) ? name : hclString(name);
    return `${inner}${key} = ${hcl(item, indent + 2)}\n`;
  });
  return `{\n${lines.join('')}${outer}}`;
}

/** A bare `for` would begin a `for` expression. */
function isBareKey(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name !== 'for';
}

const ASSIGNMENT = /^( *)((?:[A-Za-z_]\w*|"(?:[^"\\]|\\.)*")) = (.*)$/;

interface Assignment {
  readonly indent: string;
  readonly key: string;
  readonly value: string;
}

/** Puts the `=` of neighbouring one-line assignments below one another, as `terraform fmt` does. */
export function alignAssignments(text: string): string {
  const aligned: string[] = [];
  let neighbours: Assignment[] = [];
  const end = () => {
    const width = neighbours.reduce((widest, { key }) => Math.max(widest, columns(key)), 0);
    for (const { indent, key, value } of neighbours) {
      aligned.push(`${indent}${key}${' '.repeat(width - columns(key))} = ${value}`);
    }
    neighbours = [];
  };
  for (const line of text.split('\n')) {
    const [, indent, key, value] = ASSIGNMENT.exec(line) ?? [];
    const isOneLine =
      indent !== undefined && key !== undefined && value !== undefined && !/[[{(]$/.test(value);
    if (isOneLine) neighbours.push({ indent, key, value });
    else {
      end();
      aligned.push(line);
    }
  }
  end();
  return aligned.join('\n');
}

/** Made when it is first needed: it takes a tenth of a whole run to make, and few names have other letters. */
let graphemes: Intl.Segmenter | undefined;

/** `terraform fmt` counts what a reader takes for one character, such as a Thai consonant with its vowel. */
function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter();
  return [...graphemes.segment(text)].length;
}
