import { hasUnprintable, visible } from '../../text/unprintable.ts';

/**
 * Plain data as YAML that every reader, of version 1.1 or 1.2, reads back as the same data. js-yaml's own writer leaves `e9` and
 * `.` without quotes, which the library `yaml` reads as numbers.
 */
export function yamlText(value: unknown): string {
  return `${yamlLines(value).join('\n')}\n`;
}

/** The same as lines in block style. @param spaces before each of them */
export function yamlLines(value: unknown, spaces = 0): string[] {
  return indented(linesOf(value), spaces);
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const [first = '', ...more] = linesOf(item);
      return [`- ${first}`, ...indented(more)];
    });
  }
  const members = isMapping(value) ? membersOf(value) : [];
  if (members.length === 0) return [inOneLine(value, isPlainInBlock)];
  return members.flatMap(([name, member]) => {
    const key = scalar(name, isPlainInBlock);
    const lines = linesOf(member);
    return isEmpty(member) ? [`${key}: ${lines.join('')}`] : [`${key}:`, ...indented(lines)];
  });
}

/** The same in one line, as it stands in brackets. */
export function yamlInBrackets(value: unknown): string {
  return inOneLine(value, (text) => isPlainInBlock(text) && !/[,[\]{}]/.test(text));
}

type IsPlain = (text: string) => boolean;

function inOneLine(value: unknown, isPlain: IsPlain): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => inOneLine(item, isPlain));
    return items.length > 0 ? `[ ${items.join(', ')} ]` : '[]';
  }
  if (!isMapping(value)) return scalar(value, isPlain);
  const members = membersOf(value).map(
    ([name, member]) => `${scalar(name, isPlain)}: ${inOneLine(member, isPlain)}`,
  );
  return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
}

/** A text in double quotes is one of JSON, which YAML reads as JSON does. */
function scalar(value: unknown, isPlain: IsPlain): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value) ? value : visible(JSON.stringify(value));
}

/** What would be syntax at the beginning, inside or at the end of a text without quotes. */
const SYNTAX = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:\s|\s#|[\s:-]$/;

/** Words that some version of YAML reads as something else than text; where only some spellings are, all are quoted. */
const WORD = /^(?:~|null|true|false|y|yes|n|no|on|off|<<|=|[-+]?\.(?:inf|nan))$/i;

/** The same of numbers, `1:30` and `1_000` among them, and of dates. */
const NUMBER =
  /^[-+]?(?=[\d.e])(?:0[box][\da-f_]*|[\d_,]*\.?[\d_]*(?:e[-+]?\d+)?|\d[\d_]*(?::\d+)+(?:\.[\d_]*)?)$|^\d{4}-\d\d?-\d\d?(?:[t\s]|$)/i;

function isPlainInBlock(text: string): boolean {
  return (
    text !== '' &&
    !hasUnprintable(text) &&
    !SYNTAX.test(text) &&
    !WORD.test(text) &&
    !NUMBER.test(text)
  );
}

function indented(lines: readonly string[], spaces = 2): string[] {
  return lines.map((line) => ' '.repeat(spaces) + line);
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is written in the line of its key. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isMapping(value) || membersOf(value).length === 0;
}

function membersOf(mapping: object): [string, unknown][] {
  return Object.entries(mapping).filter(([, member]) => member !== undefined);
}
