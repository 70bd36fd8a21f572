import { LineNumbers } from '../../../text/line-numbers.ts';
import type { Place } from '../../../access/role-context.ts';
import { ChildStarts, sequenceOf, skipSpace, type JsonChild } from './json-scan.ts';
import type { JsonPath } from './parse-json.ts';

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
export function jsonSource(file: string, text: string): Source {
  const levels = new Map<number, ChildStarts>();
  let sequence: readonly JsonChild[] | undefined;
  let lines: LineNumbers | undefined;
  const startIn = (start: number, key: string | number) => {
    const level = levels.get(start) ?? new ChildStarts(text, start);
    levels.set(start, level);
    return level.of(key);
  };
  const lineOf = (path: JsonPath) => {
    let start = skipSpace(text, 0);
    for (const [index, key] of path.entries()) {
      const opening = text.charAt(start);
      const isSequence = index === 0 && typeof key === 'number' && opening !== '[';
      if (!isSequence && opening !== '{' && opening !== '[') break;
      if (isSequence) sequence ??= sequenceOf(text).children;
      const child = isSequence ? sequence?.[key]?.start : startIn(start, key);
      if (child === undefined) break;
      start = child;
    }
    lines ??= new LineNumbers(text);
    return lines.of(start);
  };
  return { file, at: (path) => new LazyPlace(file, path, lineOf) };
}

/** `Roles[3].Tags`; a key that is not a word is quoted: `Condition["gitlab.com:sub"]`. */
export function pathText(path: JsonPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w:-]+$/.test(key)) return key === '' ? text : `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
