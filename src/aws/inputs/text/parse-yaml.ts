import {
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
  type Event,
} from 'js-yaml';
import type { Fault, ParsedJson, JsonPath } from './parse-json.ts';
import { plainText } from '../../../text/json-object.ts';
import { LineNumbers } from '../../../text/line-numbers.ts';
import { pathText, placeAt, type Source } from './source.ts';

/** YAML as CloudFormation reads it, with the line of each value. */
export interface ParsedYaml extends Pick<ParsedJson, 'value' | 'faults'> {
  readonly source: Source;
}

/**
 * Reads a template in YAML. A short tag becomes the function it stands for: `!Sub x` is `{"Fn::Sub": "x"}`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const offsets = new Map<string, number>();
  const faults: Fault[] = [];
  const lines = new LineNumbers(text);
  const source: Source = {
    file,
    at: (path) => placeAt(file, pathText(path), () => lines.of(nearest(offsets, path))),
  };
  try {
    const value = new Builder(text, parseEvents(text, {}), offsets, faults).document();
    return { value, faults, source };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = error.mark?.position ?? 0;
    offsets.set('[]', offset);
    const what = `is not YAML that can be read: ${error.reason}`;
    return {
      value: undefined,
      faults: [{ path: [], offset, what, fix: 'Correct it there' }],
      source,
    };
  }
}

function nearest(offsets: ReadonlyMap<string, number>, path: JsonPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return 0;
}

/** Deeper than any template. */
const DEEPEST = 100;

class Builder {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
    private readonly offsets: Map<string, number>,
    private readonly faults: Fault[],
  ) {}

  /** The first document: its event comes before its content. */
  document(): unknown {
    this.#at = 1;
    return this.#node([]);
  }

  #node(path: JsonPath): unknown {
    const event = this.events[this.#at];
    this.#at += 1;
    if (!event || event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return undefined;
    if (event.type === EVENT_ID.ALIAS) {
      this.#fault(path, event.anchorStart, 'is an alias, which CloudFormation rejects');
      return undefined;
    }
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    const offset = event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
    const key = JSON.stringify(path);
    if (offset >= 0 && !this.offsets.has(key)) this.offsets.set(key, offset);
    if (path.length > DEEPEST) {
      this.#fault(path, offset, 'is nested too deep');
      throw new YAMLException('it is nested too deep');
    }
    if (event.type === EVENT_ID.SCALAR) {
      const value = getScalarValue(this.text, event);
      const isPlain = event.style === SCALAR_STYLE.PLAIN && tag === '';
      return tagged(tag, isPlain ? plain(value) : value);
    }
    return tagged(
      tag,
      event.type === EVENT_ID.SEQUENCE ? this.#sequence(path) : this.#mapping(path),
    );
  }

  #sequence(path: JsonPath): unknown[] {
    const items: unknown[] = [];
    while (!this.#ends()) items.push(this.#node([...path, items.length]));
    return items;
  }

  #mapping(path: JsonPath): unknown {
    const entries: [string, unknown][] = [];
    const seen = new Set<string>();
    while (!this.#ends()) {
      const event = this.events[this.#at];
      const name = plainText(this.#node([...path, '']));
      const at = [...path, name];
      const offset = event?.type === EVENT_ID.SCALAR ? event.valueStart : -1;
      if (seen.has(name)) this.#fault(at, offset, `holds ${JSON.stringify(name)} twice`);
      seen.add(name);
      if (offset >= 0) this.offsets.set(JSON.stringify(at), offset);
      entries.push([name, this.#node(at)]);
    }
    return Object.fromEntries(entries);
  }

  #ends(): boolean {
    const event = this.events[this.#at];
    if (event && event.type !== EVENT_ID.POP) return false;
    this.#at += 1;
    return true;
  }

  #fault(path: JsonPath, offset: number, what: string): void {
    this.faults.push({ path, offset, what, fix: 'Write it out once' });
  }
}

/** Templates are YAML 1.1 to CloudFormation, but a date remains text: `Version: 2012-10-17`. */
function plain(text: string): unknown {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(null|~|)$/i.test(text)) return null;
  return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}

function tagged(tag: string, value: unknown): unknown {
  const name = /^!([A-Za-z]\w*)$/.exec(tag)?.[1];
  if (name === undefined) return value;
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}
