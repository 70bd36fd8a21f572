import { LineNumbers } from '../../../text/line-numbers.ts';
import type { Place } from '../../../access/role-context.ts';
import { ChildStarts, sequenceOf, type JsonChild } from './json-level.ts';
import { isOpening, skipSpace } from './json-scan.ts';
import type { JsonPath, ParsedJson } from './parse-json.ts';

/** A text that was read, and how a path in it becomes a place. */
export interface Source {
  readonly file: string;
  at(path: JsonPath): Place;
}

/** A place whose path and line are found when somebody asks for them. */
class LazyPlace implements Place {
  readonly #path: string | JsonPath;
  readonly #line: (path: JsonPath) => number | undefined;

  constructor(
    readonly file: string,
    path: string | JsonPath,
    line: (path: JsonPath) => number | undefined,
  ) {
    this.#path = path;
    this.#line = line;
  }

  get path(): string {
    return typeof this.#path === 'string' ? this.#path : pathText(this.#path);
  }

  get line(): number | undefined {
    return this.#line(typeof this.#path === 'string' ? [] : this.#path);
  }

  toJSON(): Place {
    const { file, path, line } = this;
    return { file, path, ...(line === undefined ? {} : { line }) };
  }
}

export function placeAt(file: string, path: string, line: () => number | undefined): Place {
  return new LazyPlace(file, path, line);
}

/** Places in a JSON text. Lines are found by looking at one level of the text at a time, and at each only as far as needed. */
export function jsonSource(file: string, { text, value, isSequence, starts }: ParsedJson): Source {
  const levels = new Map<number, ChildStarts>();
  let sequence: readonly JsonChild[] | undefined;
  let lines: LineNumbers | undefined;
  const startIn = (within: string, start: number, key: string | number, inside: unknown) => {
    const known = typeof key === 'number' ? starts?.get(inside)?.[key] : undefined;
    if (known !== undefined) return known;
    let level = levels.get(start);
    if (level === undefined) levels.set(start, (level = new ChildStarts(within, start)));
    return level.of(key);
  };
  // A role has several findings at one place.
  let last: { readonly path: JsonPath; readonly line: number } | undefined;
  const lineOf = (path: JsonPath) => {
    if (last?.path === path) return last.line;
    let start = skipSpace(text, 0);
    let inside = value;
    let within = text;
    for (const [index, key] of path.entries()) {
      const isText = index === 0 && isSequence;
      if (!isText && !isOpening(text.charCodeAt(start))) break;
      if (isText) sequence ??= sequenceOf(text).children;
      const own = isText ? sequence?.[Number(key)] : undefined;
      // What is missing at the end of one text is not at the beginning of the next.
      if (own) within = text.slice(0, own.end);
      const child = isText ? own?.start : startIn(within, start, key, inside);
      if (child === undefined) break;
      start = child;
      inside = starts && childOf(inside, key);
    }
    lines ??= new LineNumbers(text);
    last = { path, line: lines.of(start) };
    return last.line;
  };
  return { file, at: (path) => new LazyPlace(file, path, lineOf) };
}

function childOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}

/** `Roles[3].Tags`; a key that is not a word is quoted: `Condition["gitlab.com:sub"]`. */
export function pathText(path: JsonPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w:-]+$/.test(key)) return key === '' ? text : `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
