import { childrenOf, hasLinesOfJson, sequenceOf, type JsonChild } from './json-level.ts';
import { DEEPEST, type ListStarts, StringWalk } from './json-strings.ts';

/** Keys and list positions from the root of a document to a value in it. */
export type JsonPath = readonly (string | number)[];

/** A part of the text that is not JSON, or that readers would understand differently. */
export interface Fault {
  readonly path: JsonPath;
  /** What the fault is a statement about, where that is not at the path. */
  readonly within?: JsonPath;
  readonly offset: number;
  readonly what: string;
  readonly fix: string;
}

/** What could be read, and the parts that could not. */
export interface ParsedJson {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** The text without comments, in which offsets are those of the original. */
  readonly text: string;
  /** Whether the value is the list of several texts of JSON, such as JSON lines. */
  readonly isSequence: boolean;
  /** Of a text without any fault: where the objects of long lists begin. */
  readonly starts?: ListStarts;
}

/** Down to here, the good parts of a value are looked for that as a whole is nested too deep. */
const DEEPEST_OF_ROLES = 12;

/**
 * Reads JSON, JSON lines, or JSON with comments. Where a part is broken or has a member twice, the other parts are read:
 * the whole text is given to `JSON.parse` first, and only where that fails is it read piece by piece.
 *
 * A list stands for JSON lines. A text without any JSON is one fault at its root.
 */
export function parseJson(original: string): ParsedJson {
  const whole = strict(original);
  if (whole && 'value' in whole) return { ...whole, faults: [], text: original, isSequence: false };
  const text = withoutComments(original);
  const faults: Fault[] = [];
  const { children } = sequenceOf(text);
  const [first] = children;
  if (!first) return { value: undefined, faults: [notJson([], 0)], text, isSequence: false };
  const sole = children.length === 1;
  const values = children.map((child) =>
    salvage(text, sole ? { ...first, end: text.length } : child, sole ? [] : [child.key], faults),
  );
  return { value: sole ? values[0] : values, faults, text, isSequence: !sole };
}

function salvage(
  text: string,
  { start, end, complete }: JsonChild,
  path: JsonPath,
  faults: Fault[],
): unknown {
  const own = complete ? strict(text.slice(start, end)) : undefined;
  if (own && 'value' in own) return own.value;
  const opening = text.charAt(start);
  if (opening !== '{' && opening !== '[') {
    faults.push(notJson(path, start));
    return undefined;
  }
  if (path.length > (own ? DEEPEST_OF_ROLES : DEEPEST)) {
    faults.push(tooDeep(path, start));
    return undefined;
  }
  const bounded = end === text.length ? text : text.slice(0, end);
  const { children, fault } = childrenOf(bounded, start);
  if (fault) faults.push(notJson([...path, fault.key], fault.offset));
  const before = faults.length;
  const seen = new Set<string | number>();
  const entries = children.map((child): [string | number, unknown] => {
    const at = [...path, child.key];
    if (seen.has(child.key)) faults.push(twice(at, child.start));
    seen.add(child.key);
    return [child.key, salvage(text, child, at, faults)];
  });
  // A separator that is missing or too many shows in the whole alone. Where only the whole is too deep, each part is read.
  if (complete && !own && !fault && faults.length === before) faults.push(notJson(path, start));
  return opening === '[' ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** What a text comes to that is JSON, in which each object has each member once. */
type Strict =
  { readonly value: unknown; readonly starts: ListStarts } | { readonly isTooDeep: true };

function strict(text: string): Strict | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const walk = new StringWalk(text, value);
    if (walk.isTooDeep) return { isTooDeep: true };
    return walk.isWhole ? { value, starts: walk.starts } : undefined;
  } catch {
    return undefined;
  }
}

/** Puts spaces in place of comments, which keeps every offset. Of JSON lines, none is in the comment of another. */
function withoutComments(text: string): string {
  if (!/\/[/*]|^\s*#/.test(text)) return text;
  const parts = hasLinesOfJson(text) ? text.split('\n') : [text];
  return parts
    .map((part) =>
      part.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
        found.startsWith('"') ? found : found.replace(/[^\n]/g, ' '),
      ),
    )
    .join('\n');
}

/** What to do about a text that AWS, Terraform or CloudFormation did not write so. */
export const EXPORT_AGAIN = 'Export it again, without changing it by hand';

function notJson(path: JsonPath, offset: number): Fault {
  return {
    path,
    offset,
    what: 'is not JSON: it is cut off or broken here',
    fix: EXPORT_AGAIN,
  };
}

function tooDeep(path: JsonPath, offset: number): Fault {
  return {
    path,
    offset,
    what: `is nested more than ${DEEPEST} levels deep`,
    fix: EXPORT_AGAIN,
  };
}

function twice(path: JsonPath, offset: number): Fault {
  return {
    path,
    within: path.slice(0, -1),
    offset,
    what: `holds ${JSON.stringify(path.at(-1))} twice, and who reads it decides which one counts`,
    fix: 'Keep one of them',
  };
}
