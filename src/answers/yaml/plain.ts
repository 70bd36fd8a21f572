import { LineNumbers } from '../../text/line-numbers.ts';
import type { YamlContent } from './content.ts';

/**
 * Reads a text that has only the plainest of YAML, as this program writes it and most people do: mappings and lists in blocks
 * or on one line, words, whole numbers, `true` and `false`, and quotes without escapes. It takes a tenth of the time of a
 * library.
 *
 * @returns `undefined` for any other text, right or wrong, which a library has to read
 */
export function readPlainYaml(text: string, file: string): YamlContent | undefined {
  const content = parsed(text, undefined);
  if (content === undefined) return undefined;
  let places: Places | undefined;
  return {
    content,
    positionOf: (path) => {
      if (!places) parsed(text, (places = new Places()));
      const offset = places.offsetOf(path);
      if (offset === undefined) return undefined;
      const lines = new LineNumbers(text);
      return `${file}:${lines.of(offset)}:${lines.columnOf(offset)}`;
    },
  };
}

/** Where keys and items begin, which few runs ask. */
class Places {
  readonly #of = new Map<object, Map<string, { offset: number; value: unknown }>>();
  #root: unknown;

  set(parent: object, key: string, offset: number, value: unknown): void {
    const children = this.#of.get(parent) ?? new Map<string, { offset: number; value: unknown }>();
    this.#of.set(parent, children.set(key, { offset, value }));
    this.#root = parent;
  }

  /** The offset of the last part of a path that is there; the outermost value was set last. */
  offsetOf(path: readonly (string | number)[]): number | undefined {
    let offset: number | undefined;
    let value = this.#root;
    for (const key of path) {
      const child = this.#of.get(value as object)?.get(String(key));
      if (!child) break;
      ({ offset, value } = child);
    }
    return offset;
  }
}

/** Ends the reading of a text that is not plain. */
class NotPlain extends Error {}

function parsed(text: string, places: Places | undefined): object | undefined {
  if (!/^[\n -~]*$/.test(text)) return undefined;
  try {
    return new PlainReader(text, places).document();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

/** A line that says something, or what follows a dash on one. */
interface Line {
  readonly indent: number;
  readonly text: string;
  /** Where its text begins. */
  readonly offset: number;
}

const KEY = /^([A-Za-z][\w-]*):(?: (.*))?$/;
/** What YAML reads as something else than a string, and what a mapping of JavaScript would. */
const NO_WORD = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
const WORD = /^[A-Za-z/](?:[\w./@+=*-]|:(?=[\w./@:])| (?=[\w./@+=*-]))*$/;
const NUMBER = /^(?:0|[1-9]\d{0,14})$/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;
/** So deep are no answers; deeper texts would need more of the stack than there is. */
const DEEPEST = 50;
/** One value, comma or bracket of a list or mapping on one line. */
const TOKEN =
  /([[\]{},]) *|("[^"\\]*"|'[^']*'|[A-Za-z/\d](?:[\w./@+=*-]|:(?=[\w./@:])| (?=[\w./@+=*-]))*)(:(?= ))? */y;

class PlainReader {
  readonly #lines: Line[] = [];
  readonly #places: Places | undefined;
  #at = 0;
  #depth = 0;

  constructor(text: string, places: Places | undefined) {
    this.#places = places;
    let offset = 0;
    for (const line of text.split('\n')) {
      const said = line.trimStart();
      const indent = line.length - said.length;
      if (said !== '' && !said.startsWith('#'))
        this.#lines.push({ indent, text: said, offset: offset + indent });
      offset += line.length + 1;
    }
  }

  document(): object {
    const first = this.#lines[0];
    if (!first) throw new NotPlain();
    const content = this.#block(first);
    if (this.#at < this.#lines.length) throw new NotPlain();
    return content;
  }

  #block(first: Line): object {
    if (++this.#depth > DEEPEST) throw new NotPlain();
    const isList = first.text.startsWith('- ');
    const block = isList ? this.#list(first.indent) : this.#mapping(first.indent);
    this.#depth--;
    return block;
  }

  /** The line to read, where it is one of a block with this indent. */
  #lineOf(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    return line?.indent === indent ? line : undefined;
  }

  #mapping(indent: number): object {
    const mapping: Record<string, unknown> = {};
    for (let line = this.#lineOf(indent); line; line = this.#lineOf(indent)) {
      const [, key, rest] = KEY.exec(line.text) ?? [];
      if (key === undefined || NO_WORD.test(key) || Object.hasOwn(mapping, key)) {
        // A list in a mapping of the same indent has ended before.
        throw new NotPlain();
      }
      this.#at++;
      const value =
        rest === undefined
          ? this.#below(indent)
          : this.#inline(rest, line.offset + line.text.length - rest.length);
      mapping[key] = value;
      this.#places?.set(mapping, key, line.offset, value);
    }
    return mapping;
  }

  /** What stands below a key: a block that is indented further, or a list that need not be. */
  #below(indent: number): object {
    const line = this.#lines[this.#at];
    if (line && (line.indent > indent || (line.indent === indent && line.text.startsWith('- '))))
      return this.#block(line);
    throw new NotPlain();
  }

  #list(indent: number): object {
    const list: unknown[] = [];
    for (
      let line = this.#lineOf(indent);
      line?.text.startsWith('- ');
      line = this.#lineOf(indent)
    ) {
      const text = line.text.slice(2);
      const offset = line.offset + 2;
      let value: unknown;
      if (KEY.test(text)) {
        this.#lines[this.#at] = { indent: indent + 2, text, offset };
        value = this.#mapping(indent + 2);
      } else {
        this.#at++;
        value = this.#inline(text, offset);
      }
      list.push(value);
      this.#places?.set(list, String(list.length - 1), offset, value);
    }
    return list;
  }

  /** A value on one line, which nothing that is indented further may follow: it would go on there. */
  #inline(text: string, offset: number): unknown {
    const line = this.#lines[this.#at];
    const before = this.#lines[this.#at - 1];
    if (line && before && line.indent > before.indent) throw new NotPlain();
    return /^[[{]/.test(text) ? new Flow(text, offset, this.#places).value() : scalar(text);
  }
}

/** A list or mapping on one line. */
class Flow {
  readonly #text: string;
  readonly #offset: number;
  readonly #places: Places | undefined;
  #at = 0;

  constructor(text: string, offset: number, places: Places | undefined) {
    this.#text = text;
    this.#offset = offset;
    this.#places = places;
  }

  value(): unknown {
    const value = this.#value(this.#next(), 0);
    if (this.#at < this.#text.length) throw new NotPlain();
    return value;
  }

  #next(): Token {
    TOKEN.lastIndex = this.#at;
    const [all, sign, word, colon] = TOKEN.exec(this.#text) ?? [];
    if (all === undefined) throw new NotPlain();
    const offset = this.#offset + this.#at;
    this.#at += all.length;
    return { sign, word, isKey: colon !== undefined, offset };
  }

  #value({ sign, word, isKey }: Token, depth: number): unknown {
    if (depth > DEEPEST || isKey) throw new NotPlain();
    if (word !== undefined) return scalar(word);
    if (sign === '[') return this.#list(depth);
    if (sign === '{') return this.#mapping(depth);
    throw new NotPlain();
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    let token = this.#next();
    while (token.sign !== ']') {
      const value = this.#value(token, depth + 1);
      list.push(value);
      this.#places?.set(list, String(list.length - 1), token.offset, value);
      token = this.#afterComma(']');
    }
    return list;
  }

  #mapping(depth: number): object {
    const mapping: Record<string, unknown> = {};
    let token = this.#next();
    while (token.sign !== '}') {
      const { word = '', isKey, offset } = token;
      if (!isKey || !KEY.test(`${word}:`) || NO_WORD.test(word) || Object.hasOwn(mapping, word))
        throw new NotPlain();
      const value = this.#value(this.#next(), depth + 1);
      mapping[word] = value;
      this.#places?.set(mapping, word, offset, value);
      token = this.#afterComma('}');
    }
    return mapping;
  }

  /** The bracket that ends what is read, or what follows a comma, which may not end it. */
  #afterComma(end: string): Token {
    const { sign, ...token } = this.#next();
    if (sign === end) return { sign, ...token };
    const next = this.#next();
    if (sign !== ',' || next.sign === end) throw new NotPlain();
    return next;
  }
}

interface Token {
  readonly sign: string | undefined;
  readonly word: string | undefined;
  /** Whether a colon and a space follow. */
  readonly isKey: boolean;
  readonly offset: number;
}

function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (WORD.test(text) && !NO_WORD.test(text)) return text;
  if (NUMBER.test(text)) return Number(text);
  const [, double, single] = QUOTED.exec(text) ?? [];
  const quoted = double ?? single;
  if (quoted === undefined) throw new NotPlain();
  return quoted;
}
