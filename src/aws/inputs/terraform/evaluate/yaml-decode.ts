import {
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from 'js-yaml';
import { NotEvaluated } from './arguments.ts';

/**
 * What `yamldecode()` gives where Terraform's reader of YAML and this one agree. The other one follows YAML 1.1 in places: `on`
 * is true, and a date gets a time.
 *
 * @throws {NotEvaluated} where they may differ, and for what is not YAML
 */
export function yamlDecoded(text: string): unknown {
  try {
    const events = parseEvents(text, {});
    if (!events.every((event) => isPlain(text, event))) throw new NotEvaluated();
    const [content, ...others] = constructFromEvents(events, { source: text, schema: CORE_SCHEMA });
    if (others.length > 0) throw new NotEvaluated();
    return content;
  } catch (error) {
    if (error instanceof YAMLException) throw new NotEvaluated();
    throw error;
  }
}

/** Numbers, dates and bases: all that begins as they do, but for whole numbers. */
const LIKE_NUMBER = /^[-+.\d]/;
const WHOLE = /^-?(0|[1-9]\d{0,14})$/;
/** Booleans of YAML 1.1, merged maps, and a name that no object may have. */
const OF_YAML_1_1 = /^(y|yes|n|no|on|off|<<|__proto__)$/i;

function isPlain(text: string, event: Event): boolean {
  if (event.type === EVENT_ID.ALIAS) return false;
  if (event.type === EVENT_ID.POP || event.type === EVENT_ID.DOCUMENT) return true;
  if (event.tagStart >= 0) return false;
  if (event.type !== EVENT_ID.SCALAR) return true;
  const value = getScalarValue(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN) return value !== '__proto__';
  return !OF_YAML_1_1.test(value) && (!LIKE_NUMBER.test(value) || WHOLE.test(value));
}
