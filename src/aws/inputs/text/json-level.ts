import { endOfString, endOfValue, isOpening, QUOTE, skipSpace } from './json-scan.ts';

/** A member of an object or an item of a list, and where its value stands in the text. */
export interface JsonChild {
  readonly key: string | number;
  readonly start: number;
  /** The offset after the value, or the text's end where the value does not end. */
  readonly end: number;
  /** Whether the value ends before the text does. */
  readonly complete: boolean;
}

/** What stands inside an object or a list, as far as it can be followed. */
export interface Children {
  readonly children: readonly JsonChild[];
  /** Where the text stops being JSON, with the key under which that happens (empty where there is none). */
  readonly fault?: { readonly offset: number; readonly key: string | number };
}

const COMMA = 0x2c;
const COLON = 0x3a;

/** Reads one level of the object or list that begins at `from`; its values are passed over, not checked. */
export function childrenOf(text: string, from: number): Children {
  const children: JsonChild[] = [];
  const level = new Level(text, from);
  for (let isOne = level.first(); isOne;) {
    const { key, start } = level;
    const end = endOfValue(text, start);
    if (end === -1) {
      return start < text.length
        ? { children: [...children, { key, start, end: text.length, complete: false }] }
        : { children, fault: { offset: start, key } };
    }
    children.push({ key, start, end, complete: true });
    isOne = level.after(end);
  }
  return level.fault ? { children, fault: level.fault } : { children };
}

/** Where the values of one object or list begin. The text is read only as far as the values that are asked for. */
export class ChildStarts {
  readonly #starts = new Map<string | number, number>();
  readonly #text: string;
  readonly #level: Level;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#level = new Level(text, from);
  }

  of(wanted: string | number): number | undefined {
    let found = this.#starts.get(wanted);
    while (found === undefined && this.#next()) {
      const { key, start } = this.#level;
      this.#starts.set(key, start);
      if (key === wanted) found = start;
    }
    return found;
  }

  #next(): boolean {
    if (this.#level.fault) return false;
    if (this.#starts.size === 0) return this.#level.first();
    return this.#level.after(endOfValue(this.#text, this.#level.start));
  }
}

/** Goes through one level, from one value to the next. */
class Level {
  key: string | number = '';
  start: number;
  /** Where the text stops being JSON. */
  fault: Children['fault'];
  readonly #text: string;
  readonly #isList: boolean;
  #passed = 0;

  constructor(text: string, from: number) {
    this.#text = text;
    this.#isList = text.charAt(from) === '[';
    this.start = from;
  }

  /** Goes to the first value. @returns whether there is one */
  first(): boolean {
    const at = skipSpace(this.#text, this.start + 1);
    return this.#text.charAt(at) !== this.#closing && this.#value(at);
  }

  /** Goes to the value after the one that ends at an offset, or does not end. @returns whether there is one */
  after(end: number): boolean {
    if (end === -1) return this.#stop(this.start, this.key);
    const at = skipSpace(this.#text, end);
    if (this.#text.charCodeAt(at) === COMMA) return this.#value(skipSpace(this.#text, at + 1));
    return (
      this.#text.charAt(at) !== this.#closing && this.#stop(at, this.#isList ? this.#passed : '')
    );
  }

  get #closing(): string {
    return this.#isList ? ']' : '}';
  }

  #value(at: number): boolean {
    if (this.#isList) {
      this.key = this.#passed;
      this.start = at;
    } else {
      const end = this.#text.charCodeAt(at) === QUOTE ? endOfString(this.#text, at) : -1;
      const name = end === -1 ? undefined : stringOf(this.#text.slice(at, end));
      if (name === undefined) return this.#stop(at, '');
      const colon = skipSpace(this.#text, end);
      if (this.#text.charCodeAt(colon) !== COLON) return this.#stop(colon, name);
      this.key = name;
      this.start = skipSpace(this.#text, colon + 1);
    }
    this.#passed += 1;
    return true;
  }

  #stop(offset: number, key: string | number): false {
    this.fault = { offset, key };
    return false;
  }
}

/** The values that stand one after the other in the text, such as JSON lines. */
export function sequenceOf(text: string): Children {
  const children: JsonChild[] = [];
  const byLine = hasLinesOfJson(text);
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const own = byLine ? endOfLine(text, at) : endOfValue(text, at);
    const end = isOpening(text.charCodeAt(at)) ? own : -1;
    if (end === -1) {
      const lineEnd = byLine ? text.indexOf('\n', at) : -1;
      const stop = lineEnd === -1 ? text.length : lineEnd;
      children.push({ key: children.length, start: at, end: stop, complete: false });
      at = skipSpace(text, stop);
      continue;
    }
    children.push({ key: children.length, start: at, end, complete: true });
    at = skipSpace(text, end);
  }
  return { children };
}

/** A line of JSON lines, whatever stands before it. Where JSON is part of another text, it is indented. */
export const LINE_OF_JSON = /^\{".*\}\s*$/m;

/**
 * Whether one of the first two lines is JSON by itself: then one broken line does not swallow the next. Where the text does not
 * begin as JSON or a comment does, it may be any line.
 */
export function hasLinesOfJson(text: string): boolean {
  const start = skipSpace(text, 0);
  const first = text.indexOf('\n', start);
  if (first === -1) return false;
  if (!/[[{/]/.test(text.charAt(start))) return LINE_OF_JSON.test(text);
  const second = text.indexOf('\n', first + 1);
  const lines = [text.slice(start, first), text.slice(first + 1, second >>> 0)];
  return (lines[0]?.trim().length ?? 0) > 1 && lines.some(isJson);
}

/** @returns the offset after the JSON that fills the line, or -1 where the line is not JSON */
function endOfLine(text: string, at: number): number {
  const line = text.slice(at, text.indexOf('\n', at) >>> 0);
  return isJson(line) ? at + line.length : -1;
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** What a string in quotes holds; `undefined` where JSON has no such string. */
function stringOf(quoted: string): string | undefined {
  if (PLAIN.test(quoted)) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** A string without escapes. */
const PLAIN = /^"[ !#-[\]-~]*"$/;
