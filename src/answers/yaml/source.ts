import {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type Event,
} from 'js-yaml';

/**
 * Where a value stands in a text: the offsets of its first character and behind its last one. Anchors, tags and the comments
 * behind it are left out. A value that is not written stands behind what it belongs to.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface PlacedNode extends TextRange {
  readonly anchor?: string;
}

interface YamlScalar extends PlacedNode {
  readonly kind: 'scalar';
  readonly value: string;
  readonly isPlain: boolean;
}

export interface YamlList extends PlacedNode {
  readonly kind: 'list';
  readonly isFlow: boolean;
  readonly items: readonly YamlItem[];
}

/** `dash`: where the `-` of it stands, in block style. */
interface YamlItem extends TextRange {
  readonly node: YamlNode;
  readonly dash: number;
}

export interface YamlMap extends PlacedNode {
  readonly kind: 'map';
  readonly isFlow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair extends TextRange {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

interface YamlAlias extends PlacedNode {
  readonly kind: 'alias';
  readonly of: string;
}

export type YamlNode = YamlScalar | YamlList | YamlMap | YamlAlias;

/** What a text says and where, as it is written. */
export interface YamlSource {
  readonly root: YamlNode | undefined;
  /** Names of the anchors that aliases refer to. */
  readonly shared: ReadonlySet<string>;
}

/** @throws {YAMLException} when the text is not YAML */
export function parseSource(text: string): YamlSource {
  return sourceOf(text, parseEvents(text, {}));
}

/** @param events what the parser found in the text */
export function sourceOf(text: string, events: readonly Event[]): YamlSource {
  const reader = new EventReader(text, events);
  return { root: reader.root(), shared: reader.shared };
}

/** Goes through the events of a parser in order; the first begins the document. */
class EventReader {
  readonly shared = new Set<string>();
  #at = 1;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  root(): YamlNode | undefined {
    return this.#ends() ? undefined : this.#node(0);
  }

  /** @param behind what is before it: where it stands if it is not written */
  #node(behind: number): YamlNode {
    const event = this.events[this.#at];
    this.#at += 1;
    switch (event?.type) {
      case EVENT_ID.ALIAS: {
        const of = this.text.slice(event.anchorStart, event.anchorEnd);
        this.shared.add(of);
        return { kind: 'alias', of, start: event.anchorStart - 1, end: event.anchorEnd };
      }
      case EVENT_ID.SEQUENCE:
        return this.#list(event);
      case EVENT_ID.MAPPING:
        return this.#map(event);
      case EVENT_ID.SCALAR:
        return this.#scalar(event, behind);
      default:
        throw new Error('the parser ended inside a value');
    }
  }

  #scalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>, behind: number): YamlScalar {
    const { style, valueStart, valueEnd, tagStart } = event;
    const written = { kind: 'scalar', value: getScalarValue(this.text, event) } as const;
    const isPlain = style === SCALAR_STYLE.PLAIN && tagStart < 0;
    if (valueStart < 0) {
      const start = Math.max(behind, event.anchorEnd, event.tagEnd);
      return { ...written, isPlain, start, end: start, ...this.#anchor(event) };
    }
    let [start, end] = [valueStart, valueEnd];
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) {
      start -= 1;
      end += 1;
    } else if (style !== SCALAR_STYLE.PLAIN) {
      const line = this.text.lastIndexOf('\n', valueStart - 2) + 1;
      start = line + this.text.slice(line, valueStart).search(/[|>][-+\d]*(?:\s+#.*)?\s*$/);
      const content = this.text.slice(valueStart, valueEnd);
      if (event.chomping !== CHOMPING_MODE.KEEP) end = valueStart + content.trimEnd().length;
    }
    return { ...written, isPlain, start, end, ...this.#anchor(event) };
  }

  #list(event: Extract<Event, { type: typeof EVENT_ID.SEQUENCE }>): YamlList {
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const items: YamlItem[] = [];
    let end = isFlow ? event.start + 1 : event.start;
    while (!this.#ends()) {
      const dash = this.#skipBlanks(end);
      const node = this.#node(isFlow ? end : dash + 1);
      end = node.end;
      items.push({ node, dash, start: node.start, end });
    }
    if (isFlow) end = this.#closing(end);
    return { kind: 'list', isFlow, items, start: event.start, end, ...this.#anchor(event) };
  }

  #map(event: Extract<Event, { type: typeof EVENT_ID.MAPPING }>): YamlMap {
    const isFlow = event.style === COLLECTION_STYLE.FLOW;
    const hasBraces = this.text[event.start] === '{';
    const pairs: YamlPair[] = [];
    let end = isFlow && hasBraces ? event.start + 1 : event.start;
    while (!this.#ends()) {
      const key = this.#node(end);
      const colon = this.#skipBlanks(key.end);
      const value = this.#node(this.text[colon] === ':' ? colon + 1 : key.end);
      end = value.end;
      pairs.push({ key, value, start: key.start, end });
    }
    if (isFlow && hasBraces) end = this.#closing(end);
    return { kind: 'map', isFlow, pairs, start: event.start, end, ...this.#anchor(event) };
  }

  /** Behind the bracket that ends a collection. */
  #closing(end: number): number {
    const next = this.#skipBlanks(end);
    return this.text[next] === ',' ? this.#closing(next + 1) : next + 1;
  }

  /** Where something is again, behind white space, line ends and comments. */
  #skipBlanks(from: number): number {
    const blank = /(?:\s+|(?<=\s)#[^\n]*)*/y;
    blank.lastIndex = from;
    blank.exec(this.text);
    return blank.lastIndex;
  }

  #anchor({ anchorStart, anchorEnd }: { anchorStart: number; anchorEnd: number }) {
    return anchorStart < 0 ? {} : { anchor: this.text.slice(anchorStart, anchorEnd) };
  }

  /** Whether a collection ends here, whose end is then passed. */
  #ends(): boolean {
    const event = this.events[this.#at];
    if (event && event.type !== EVENT_ID.POP) return false;
    this.#at += 1;
    return true;
  }
}
