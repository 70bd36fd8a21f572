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

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** The offset of the next character that is not white space. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** @param from the offset of the opening quote @returns the offset after the closing one, or -1 */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at === -1) return -1;
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    at += 1;
    if (slashes % 2 === 0) return at;
  }
}

/** How many strings stand in a text that is JSON, the names of members included. */
export function stringsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', endOfString(text, at)))
    count += 1;
  return count;
}

/** @returns the offset after the value that begins at `from`, or -1 where it does not end */
function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfString(text, from);
  if (!isOpening(first)) {
    let at = from;
    while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at += 1;
    return at === from ? -1 : at;
  }
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at) - 1;
      if (at < 0) return -1;
    } else if (isOpening(code)) depth += 1;
    else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** Reads one level of the object or list that begins at `from`; its values are passed over, not checked. */
export function childrenOf(text: string, from: number): Children {
  const children: JsonChild[] = [];
  const walk = startsIn(text, from);
  let step = walk.next();
  while (!step.done) {
    const { key, start } = step.value;
    const end = endOfValue(text, start);
    if (end === -1) {
      return start < text.length
        ? { children: [...children, { key, start, end: text.length, complete: false }] }
        : { children, fault: { offset: start, key } };
    }
    children.push({ key, start, end, complete: true });
    step = walk.next(end);
  }
  return step.value ? { children, fault: step.value } : { children };
}

/** Where the values of one object or list begin. The text is read only as far as the values that are asked for. */
export class ChildStarts {
  readonly #known = new Map<string | number, number>();
  readonly #rest: Generator<JsonStart, unknown>;

  constructor(text: string, from: number) {
    this.#rest = startsIn(text, from);
  }

  of(wanted: string | number): number | undefined {
    let found = this.#known.get(wanted);
    while (found === undefined) {
      const step = this.#rest.next();
      if (step.done === true) return undefined;
      const { key, start } = step.value;
      this.#known.set(key, start);
      if (key === wanted) found = start;
    }
    return found;
  }
}

type JsonStart = Pick<JsonChild, 'key' | 'start'>;

/**
 * Goes through one level. A caller that knows where a value ends passes it to `next`; otherwise it is looked for.
 *
 * @returns where the text stops being JSON
 */
function* startsIn(
  text: string,
  from: number,
): Generator<JsonStart, Children['fault'], number | undefined> {
  const isList = text.charAt(from) === '[';
  const closing = isList ? ']' : '}';
  let at = skipSpace(text, from + 1);
  if (text.charAt(at) === closing) return undefined;
  for (let index = 0; ; index += 1) {
    const key = isList ? index : memberName(text, at);
    if (key === undefined) return { offset: at, key: '' };
    if (typeof key === 'string') {
      at = skipSpace(text, endOfString(text, at));
      if (text.charCodeAt(at) !== COLON) return { offset: at, key };
      at = skipSpace(text, at + 1);
    }
    const end = (yield { key, start: at }) ?? endOfValue(text, at);
    if (end === -1) return { offset: at, key };
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
    else if (text.charAt(at) === closing) return undefined;
    else return { offset: at, key: isList ? index + 1 : '' };
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

/** Whether one of the first two lines is JSON by itself: then one broken line does not swallow the next. */
function hasLinesOfJson(text: string): boolean {
  const start = skipSpace(text, 0);
  const first = text.indexOf('\n', start);
  if (first === -1) return false;
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

function memberName(text: string, at: number): string | undefined {
  if (text.charCodeAt(at) !== QUOTE) return undefined;
  const end = endOfString(text, at);
  if (end === -1) return undefined;
  try {
    return JSON.parse(text.slice(at, end)) as string;
  } catch {
    return undefined;
  }
}

function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b;
}
