import {
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
} from 'js-yaml';
import { LineNumbers } from '../../text/line-numbers.ts';
import { ProblemError } from '../../text/problem.ts';
import type { YamlContent } from './content.ts';
import { sourceOf, type YamlSource, type YamlNode } from './source.ts';

/** Aliases can stand for aliases: a few lines can stand for billions of values. */
const MOST_VALUES = 1_000_000;

/** What to do about a reason of js-yaml's. */
const FIXES: readonly (readonly [reason: RegExp, fix: string])[] = [
  [/^(?:name of an|unidentified) alias/, 'Put a value that begins with * in quotes: "*"'],
  [/^tab characters/, 'Indent with spaces'],
  [/^duplicated mapping key/, 'Keep one of the two'],
];
const LIKELY_FIX =
  'Correct it there or just above: a quote or bracket may be open, or a value may need quotes';

/**
 * Reads the one document of a YAML 1.2 text.
 *
 * @throws {ProblemError} with the place, when it cannot be read
 */
export function readYaml(text: string, file: string): YamlContent {
  let lines: LineNumbers | undefined;
  const position = (offset: number) => {
    lines ??= new LineNumbers(text);
    return `${file}:${lines.of(offset)}:${lines.columnOf(offset)}`;
  };
  const refuse = (where: string, what: string, fix: string) =>
    new ProblemError([{ where, what, fix }]);
  try {
    const events = parseEvents(text, {});
    const second = events.findIndex(({ type }, at) => type === EVENT_ID.DOCUMENT && at > 0);
    if (second > 0) {
      const where = position(startOf(events[second + 1]) ?? text.length);
      throw refuse(where, 'a second document begins', 'Keep one of them');
    }
    const [content] = constructFromEvents(events, { source: text, schema: CORE_SCHEMA });
    const flaw = events.some(({ type }) => type === EVENT_ID.ALIAS) && aliasFlaw(content);
    if (flaw) throw refuse(file, flaw, 'Write out what the alias stands for');
    const at = events.findIndex((event) => isChangedNumber(text, event));
    const number = events[at];
    const key = startOf(events[at - 1]);
    const offsetOf = offsets(text, events);
    return {
      content,
      ...(number?.type === EVENT_ID.SCALAR && {
        changedNumber: {
          where: position(number.valueStart),
          keyAt: key === undefined ? undefined : position(key),
          written: text.slice(number.valueStart, number.valueEnd),
        },
      }),
      positionOf: (path) => {
        const offset = offsetOf(path);
        return offset === undefined ? undefined : position(offset);
      },
    };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const where = error.mark ? position(error.mark.position) : file;
    const { reason } = error;
    const [, fix] = FIXES.find(([known]) => known.test(reason)) ?? [undefined, LIKELY_FIX];
    throw refuse(where, `this is not YAML that can be read: ${reason}`, fix);
  }
}

/** A number as YAML 1.2's core schema reads it. */
const NUMBER =
  /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/;

/**
 * Whether this is a plain scalar that is read as a number and would be written otherwise: 020, 0x10, 1e3, an id of too
 * many digits.
 *
 * @see https://yaml.org/spec/1.2.2/#103-core-schema
 */
function isChangedNumber(text: string, event: Event): boolean {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false;
  if (event.valueStart < 0 || event.tagStart >= 0) return false;
  const written = text.slice(event.valueStart, event.valueEnd);
  return NUMBER.test(written) && String(Number(written)) !== written;
}

function aliasFlaw(content: unknown): string | undefined {
  const around = new Set<unknown>();
  let values = 0;
  const flawIn = (node: unknown): string | undefined => {
    if (++values > MOST_VALUES) return `its aliases stand for more than ${MOST_VALUES} values`;
    if (typeof node !== 'object' || node === null) return undefined;
    if (around.has(node)) return 'an alias stands inside what it stands for';
    around.add(node);
    for (const value of Object.values(node)) {
      const flaw = flawIn(value);
      if (flaw !== undefined) return flaw;
    }
    around.delete(node);
    return undefined;
  };
  return flawIn(content);
}

/** Tells where a path leads, as far as it can be followed: the offset of a key, or of an item. */
function offsets(
  text: string,
  events: readonly Event[],
): (path: readonly (string | number)[]) => number | undefined {
  let source: YamlSource | undefined;
  return (path) => {
    source ??= sourceOf(text, events);
    let found: number | undefined;
    let node = source.root;
    for (const key of path) {
      const child = childOf(node, String(key));
      if (child === undefined) break;
      // An item may have no text.
      if (child.start < child.end) found = child.start;
      node = child.node;
    }
    return found;
  };
}

/** Of a name that stands twice, the first. */
function childOf(node: YamlNode | undefined, name: string) {
  if (node?.kind === 'list') return node.items[Number(name)];
  if (node?.kind !== 'map') return undefined;
  const pair = node.pairs.find(({ key }) => key.kind === 'scalar' && key.value === name);
  return pair && { ...pair, node: pair.value };
}

function startOf(event: Event | undefined): number | undefined {
  if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return event.start;
  if (event?.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event?.type !== EVENT_ID.SCALAR || event.valueStart < 0) return undefined;
  const isQuoted =
    event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
  return isQuoted ? event.valueStart - 1 : event.valueStart;
}
